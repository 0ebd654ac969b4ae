# Camille gives up her file before the agreement, with a reason; the others read it, nothing waits for her any more.
as camille
go /dossiers/2026-0417
follow "Annuler le dossier"
press "Annuler le dossier"
status 422
fill reason = Deux départs dans l'équipe.
press "Annuler le dossier"
status 200
go /dossiers/2026-0417
see "Abandonné"
see "Rien à faire pour vous"
not "Déposez la réponse"
letter to nadia@ "Salon Camille ne participera pas" says "Deux départs dans l'équipe."
mails to nadia@ "Salon Camille ne participera pas" 1
as nadia
go /sessions/S-2026-088
see "Abandonné"
go /f/paiements
see "La formation n'a pas eu lieu."
not "Prévu"
# nobody asks Camille for an answer any more; the session without a company does not begin
clock 2026-12-14 08:50
mails to camille@ "Avez-vous reçu la réponse" 1
no mail to camille@ "n'a pas de feu vert"
no mail to lea@ "Convocation"
as nadia
go /sessions/S-2026-088
see "Bloquée"
go /sessions/S-2026-088/emargement
not "Faire signer"
not "Contresigner"
