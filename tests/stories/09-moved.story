# Nadia moves a session that had its green light: the light is lost, all are told, an avenant, a new answer, green again.
tell green
mails to camille@ "Feu vert" 1
mail to lea@ "Convocation"
as nadia
go /sessions/S-2026-088
follow "Déplacer la session"
see "Les accords déjà obtenus sont à faire modifier"
press "Déplacer la session"
see "Pourquoi déplacer"
fill reason = La formatrice est appelée ailleurs ces deux jours.
fill date_1 = 11/01/2027
fill date_2 = 12/01/2027
press "Déplacer la session"
status 200
go /sessions/S-2026-088
see "En attente du feu vert"
see "11 et 12 janvier 2027"
mail to camille@ "Reporté"
mail to nadia@ "Reporté"
mail to lea@ "Reporté"
mail to ines@ "Reporté"
as camille
go /dossiers/2026-0417
see "Accord à faire corriger"
document "Avenant" contains "11 et 12 janvier 2027"
follow "Envoyer la réponse de l'OPCO"
fill file = @avenant-opco.pdf
press "Déposer la réponse"
status 200
# the letter still carries the old dates: no green light comes of it
tell typed first=14/12/2026 last=15/12/2026 number=EP-2026-118204
see "Bloque le feu vert"
fill reason_ko = Les dates de l'accord sont celles de décembre.
press "Demander un accord corrigé"
status 200
letter to camille@ "L'accord ne correspond pas" says "Les dates de l'accord sont celles de décembre."
# Thomas has to move it once more: the mail gives this reason, not the sentence about the letter
go /sessions/S-2026-088
follow "Déplacer la session"
fill reason = La salle n'est libre que le 18.
fill date_1 = 18/01/2027
fill date_2 = 19/01/2027
press "Déplacer la session"
status 200
mails to camille@ "Reporté" 2
letter to camille@ "Reporté" says "La salle n'est libre que le 18."
letter to camille@ "Reporté" says "les 11 et 12 janvier 2027"
as camille
go /dossiers/2026-0417
see "Accord à faire corriger"
follow "Envoyer la réponse de l'OPCO"
fill file = @accord-janvier.pdf
press "Déposer la réponse"
status 200
tell control first=18/01/2027 last=19/01/2027 number=EP-2026-118299
tell share
mails to camille@ "Feu vert" 2
mails to nadia@ "Feu vert" 2
mails to lea@ "Convocation" 2
mail to lea@ "Convocation : les 18 et 19 janvier 2027"
as nadia
go /sessions/S-2026-088
see "Feu vert"
# nobody signs at the old dates; at the new ones the day can be signed
clock 2026-12-14 08:50
as lea
go /p
not "Signer"
tell half day=2027-01-18 open=08:50 over=12:35 session=S-2026-088
as nadia
go /sessions/S-2026-088
see "En cours"
