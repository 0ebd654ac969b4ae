# The first day comes without the OPCO's letter: the session is blocked. Moved, then agreed, it opens on its new days.
clock 2026-12-08
mail to camille@salon-camille.example "n'a pas de feu vert"
mail to nadia@benali-formation.example "Pas de feu vert pour la session S-2026-088"
clock 2026-12-14 08:50
as nadia
go /sessions/S-2026-088
see "Bloquée"
see "Pas de feu vert"
go /sessions/S-2026-088/emargement
see "Personne à faire signer"
as lea
go /p
not "Signer ma présence"
mail to thomas@ateliers-rhone.example "Sans feu vert : S-2026-088"
# who follows the file is told, the others are not
no mail to sophie@ateliers-rhone.example "Sans feu vert : S-2026-088"
letter to camille@salon-camille.example "n'a pas de feu vert" says "Déposez la réponse de votre OPCO"
letter to nadia@benali-formation.example "Pas de feu vert pour la session S-2026-088" says "Salon Camille : Chez l'OPCO"
letter to thomas@ateliers-rhone.example "Sans feu vert : S-2026-088" says "Salon Camille : Chez l'OPCO"
no mail to lea@salon-camille.example "Convocation"
# moved by staff: the old dates cannot be agreed any more
as thomas
go /sessions/S-2026-088
follow "Déplacer la session"
fill reason = L'OPCO n'a pas encore répondu.
fill date_1 = 11/01/2027
fill am_1 = 1
fill pm_1 = 1
fill date_2 = 12/01/2027
fill am_2 = 1
fill pm_2 = 1
press "Déplacer la session"
status 200
see "En attente du feu vert"
letter to camille@salon-camille.example "Reporté : " says "L'OPCO n'a pas encore répondu."
mail to nadia@benali-formation.example "Reporté : session S-2026-088"
as camille
go /dossiers/2026-0417
see "Déposez la réponse de votre OPCO"
# a letter of the old dates does not cover the session
tell letter name=ancien D=2026-0417 first=14/12/2026 last=15/12/2026 granted=1400 circuit=direct direct=1400
see "Dernier jour"
see "Bloque le feu vert"
see "Valider : feu vert"
fill reason_ko = Les dates sont maintenant les 11 et 12 janvier 2027.
press "Demander un accord corrigé"
status 200
letter to camille@salon-camille.example "L'accord ne correspond pas" says "11 et 12 janvier 2027"
mail to nadia@benali-formation.example "Salon Camille : accord de l'OPCO à corriger"
tell letter name=nouveau D=2026-0417 first=11/01/2027 last=12/01/2027 granted=1400 circuit=direct direct=1400
see "tout est conforme"
press "Valider : feu vert"
status 200
mail to camille@salon-camille.example "Feu vert : votre formation peut commencer"
mail to nadia@benali-formation.example "Feu vert : session S-2026-088"
letter to lea@salon-camille.example "Convocation" says "11"
as nadia
go /sessions/S-2026-088
see "Feu vert"
clock 2027-01-11 08:50
as lea
go /p
follow "Signer"
fill attest = on
press "Signer ma présence"
status 200
as nadia
go /sessions/S-2026-088
see "En cours"
