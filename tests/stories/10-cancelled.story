# Nadia cancels a session that had its green light: everybody concerned reads the reason, nothing is left to invoice.
# an earlier sentence of the file is not taken for the reason
tell answer file=@flou.pdf
tell typed first=14/12/2026 last=15/12/2026 number=EP-2026-118204
fill reason_ko = La lettre est illisible.
press "Demander un accord corrigé"
letter to camille@ "L'accord ne correspond pas" says "La lettre est illisible."
tell green
as nadia
go /sessions/S-2026-088
follow "Annuler"
see "Pourquoi annuler"
# a reason is owed
press "Annuler"
status 422
fill reason = La salle a brûlé dans la nuit.
press "Annuler"
status 200
go /sessions/S-2026-088
see "Annulée"
letter to camille@ "Annulé : Coloration" says "La salle a brûlé dans la nuit."
letter to nadia@ "Annulé : session S-2026-088" says "La salle a brûlé dans la nuit."
letter to lea@ "Annulé : Coloration" says "La salle a brûlé dans la nuit."
letter to ines@ "Annulé : Coloration" says "La salle a brûlé dans la nuit."
mails to camille@ "Annulé" 1
mails to lea@ "Annulé" 1
as camille
go /dossiers/2026-0417
see "Abandonné"
not "Annuler le dossier"
as thomas
go /dossiers/2026-0417
see "Abandonné"
not "Envoyer les factures"
not "F-2026-"
go /g/factures
not "Salon Camille"
go /g/virements?etat=payout_due
not "Nadia Benali"
# the day comes: nobody signs, nobody is reminded
clock 2026-12-16 09:00
no mail to camille@ "n'a pas de feu vert"
no mail to lea@ "Demain"
no mail to nadia@ "Demain"
go /g/factures
not "Salon Camille"
as nadia
go /sessions/S-2026-088
see "Annulée"
not "Déplacer la session"
go /f/paiements
see "La formation n'a pas eu lieu."
see "Abandonné"
not "Prévu"
