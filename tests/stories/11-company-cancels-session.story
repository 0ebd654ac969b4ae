# Camille is alone in her session, green already: she cancels it, all are told why, the trainer expects no money.
tell green
as camille
go /dossiers/2026-0417
follow "Annuler"
press "Annuler"
status 422
fill reason = Le salon ferme pour travaux.
press "Annuler"
status 200
go /dossiers/2026-0417
see "Abandonné"
letter to camille@ "Annulé : Coloration" says "Le salon ferme pour travaux."
letter to nadia@ "Annulé : session S-2026-088" says "Le salon ferme pour travaux."
letter to lea@ "Annulé : Coloration" says "Le salon ferme pour travaux."
letter to ines@ "Annulé : Coloration" says "Le salon ferme pour travaux."
mails to camille@ "Annulé" 1
mails to nadia@ "Annulé" 1
as nadia
go /sessions/S-2026-088
see "Annulée"
go /f/paiements
see "La formation n'a pas eu lieu."
see "Abandonné"
not "Prévu"
