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
not "Déposez la réponse"
letter to nadia@ "Salon Camille ne participera pas" says "Deux départs dans l'équipe."
as nadia
go /sessions/S-2026-088
see "zzz"
