# Two companies, one of them late: no green light and no signature until both are funded. The second one comes by a mailed link.
tell session first=14/12/2026 last=15/12/2026
go /sessions/{S}/entreprise
fill link_name = Boulangerie Ferrand
fill link_first_name = Paul
fill link_last_name = Ferrand
fill link_email = paul@boulangerie-ferrand.example
press "Ajouter l'entreprise"
status 200
tell salon choice=direct
go /sessions/{S}
act "Envoyer le lien à l'entreprise"
status 200
see "Données attendues"
remember D = /Salon Camille (2026-0\d+)/
remember B = /Boulangerie Ferrand (2026-0\d+)/
stranger boulanger
open mail to paul@boulangerie-ferrand.example "Votre formation se prépare"
press "Ouvrir"
status 200
press "Recevoir le code"
code to paul@boulangerie-ferrand.example "Votre code de confirmation"
press "Confirmer"
status 200
see "Complétez ce qui manque"
# a missing answer is asked for, nothing is lost
fill siret = 732 829 320 00075
press "Envoyer à mon formateur"
status 422
fill siret = 732 829 320 00074
fill name = Boulangerie Ferrand
fill address = 3 place du Marché
fill postcode = 69400
fill city = Villefranche
fill idcc = 0843
fill funder_code = OPCO_EP
fill payment_choice = direct
fill p1_first_name = Maud
fill p1_last_name = Perrin
fill p1_email = maud@boulangerie-ferrand.example
press "Envoyer à mon formateur"
status 200
mail to nadia@benali-formation.example "Boulangerie Ferrand a complété ses renseignements"
as thomas
go /sessions/{S}
act "Valider la session"
status 200
see "En attente du feu vert"
tell signed
tell letter name=accord first=14/12/2026 last=15/12/2026 granted=1400 circuit=direct direct=1400
press "Valider : feu vert"
status 200
# one is green, the other is not: the session waits, for everybody
go /dossiers/{D}
see "Feu vert"
as nadia
go /sessions/{S}
see "Pas de feu vert"
see "En attente du feu vert"
go /sessions/{S}/emargement
see "Personne à faire signer"
no mail to camille@salon-camille.example "Feu vert"
no mail to lea@salon-camille.example "Convocation"
# the late one signs and asks its OPCO
as boulanger
open mail to paul@boulangerie-ferrand.example "À signer : convention"
await "Signez la convention"
document "Convention" contains "Boulangerie Ferrand"
fill signer_name = Paul Ferrand
fill signer_role = gérant
fill authority = on
fill consent = on
press "Signer la convention"
status 200
go /dossiers/{B}/demande
press "La demande est envoyée"
status 200
# it is not told about the other company, nor sees it
go /dossiers/{D}
status 404
clock 2026-12-07
letter to paul@boulangerie-ferrand.example "n'a pas de feu vert" says "Déposez la réponse de votre OPCO"
letter to camille@salon-camille.example "n'a pas de feu vert" says "Une autre entreprise de cette session"
letter to nadia@benali-formation.example "Pas de feu vert pour la session {S}" says "Boulangerie Ferrand : Chez l'OPCO"
as boulanger
open mail to paul@boulangerie-ferrand.example "n'a pas de feu vert"
go /dossiers/{B}/accord
fill file = @boulanger.pdf
press "Déposer la réponse"
code to paul@boulangerie-ferrand.example "Votre code de confirmation"
press "Confirmer"
go /dossiers/{B}/accord
fill file = @boulanger.pdf
press "Déposer la réponse"
status 200
as thomas
go /g/accords/{B}
fill funder_code = OPCO_EP
fill file_number = EP-2026-7002
fill letter_on = 05/12/2026
fill company_siret = 73282932000074
fill starts_on = 14/12/2026
fill ends_on = 15/12/2026
fill granted_hours = 14
fill participant_count = 1
fill granted = 700
fill circuit = direct
fill direct = 700
press "Comparer avec la convention"
see "tout est conforme"
press "Valider : feu vert"
status 200
mail to paul@boulangerie-ferrand.example "Feu vert : votre formation peut commencer"
mail to camille@salon-camille.example "Feu vert : votre formation peut commencer"
mail to maud@boulangerie-ferrand.example "Convocation"
mail to lea@salon-camille.example "Convocation"
as nadia
go /sessions/{S}
see "Feu vert"
not "Pas de feu vert"
clock 2026-12-14 08:50
stranger maud
open mail to maud@boulangerie-ferrand.example "Convocation"
press "Ouvrir"
follow "Signer"
fill attest = on
press "Signer ma présence"
status 200
as nadia
go /sessions/{S}
see "En cours"
# the fee is split by price
go /f/paiements
see "606,67 €"
see "303,33 €"
