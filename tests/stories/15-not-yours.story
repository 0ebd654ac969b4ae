# What is not yours is not there: another company, another trainer, the participant, the auditor outside his file.
tell session first="11/01/2027" last="12/01/2027"
go /sessions/{S}/entreprise
fill siret = 732 829 320 00074
fill name = Atelier Lumière
fill address = 3 rue Mercière
fill postcode = 69002
fill city = Lyon
fill contact_first_name = Marc
fill contact_last_name = Lenoir
fill email = marc@atelier-lumiere.example
fill idcc = 2596
fill funder_code = OPCO_EP
fill payment_choice = direct
fill p1_first_name = Paul
fill p1_last_name = Petit
fill p1_email = paul@atelier-lumiere.example
press "Ajouter l'entreprise"
status 200
tell validated S={S}
mail to marc@ "À signer : convention"
# Marc's mailed link opens his file and nothing else
stranger marc
open mail to marc@ "À signer : convention"
press "Ouvrir"
status 200
go /dossiers/2026-0418
status 200
see "Atelier Lumière"
tell hidden D=2026-0417
go /dossiers/2026-0417/reste
status 404
go /dossiers/2026-0417/donnees
status 404
go /sessions/S-2026-088
status 404
go /g
status 404
# Camille does not see his
as camille
go /dossiers/2026-0418
status 404
go /dossiers/2026-0418/convention
status 404
go /g/accords/2026-0417
status 404
# Camille's papers have an address: known to her, closed to Marc
go /dossiers/2026-0417
follow "Devis"
status 200
remember PAPER = /(\/documents\/\S+)/
as marc
go {PAPER}
status 404
# another trainer
as thomas
go /g/formateurs/nouveau
fill first_name = Rose
fill last_name = Martel
fill email = rose@martel.example
press "Inviter"
stranger rose
go /connexion
fill email = rose@martel.example
press "Recevoir mon lien"
open mail to rose@ "Votre lien de connexion"
press "Ouvrir"
tell hidden D=2026-0417
go /sessions/S-2026-088
status 404
go /sessions/S-2026-088/emargement
status 404
go {PAPER}
status 404
# a participant
tell green
as lea
tell hidden D=2026-0417
go /sessions/S-2026-088
status 404
go {PAPER}
status 404
# the auditor of Marc's file
as thomas
go /dossiers/2026-0418/controle
fill funder = OPCO_EP
fill funder_ref = CTRL-77
fill asked_on = 20/11/2026
fill due_on = 10/12/2026
fill scope = Convention et programme.
fill auditor_name = Denis Roy
fill auditor_email = denis@opco-ep.example
press "Enregistrer la demande"
status 200
remember AUDIT = /(\/g\/controles\/\d+)/
fill until = 10/12/2026
press "Créer un lien"
see "Le lien du contrôleur"
remember LINK = /(\/l\/[\w-]{20,})/
stranger denis
go {LINK}
see "Salle de contrôle"
press "Ouvrir"
status 200
see "Pièces du contrôle"
see "CTRL-77"
go /dossiers/2026-0418
status 200
tell hidden D=2026-0417
go {PAPER}
status 404
go /g
status 404
# what he opened is written down, of his file only
as thomas
go {AUDIT}
see "Liste des pièces"
not "2026-0417"
press "Fermer tous les liens de ce contrôle"
status 200
as denis
go /dossiers/2026-0418
not "Atelier Lumière"
go {LINK}
status 410
see "Ce lien n'est plus valable"
not "Recevoir un nouveau lien"
# seven days later Marc's mailed link is over, and offers a new one
clock 2026-12-02 09:00
stranger marc-tard
open mail to marc@ "À signer : convention"
status 410
see "Ce lien n'est plus valable"
press "Recevoir un nouveau lien"
see "Regardez vos mails"
open mail to marc@ "Votre lien de connexion"
press "Ouvrir"
status 200
see "Atelier Lumière"
go /dossiers/2026-0417
status 404
