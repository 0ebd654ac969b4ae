# The OPCO refuses and the company gives up: nobody else is in the session, nothing starts.
as camille
go /dossiers/2026-0417/accord
follow "L'OPCO a refusé"
fill reason = Demande arrivée trop tard.
press "L'OPCO a refusé"
status 200
letter to camille@salon-camille.example "Votre OPCO a refusé : vous avez le choix" says "Demande arrivée trop tard."
mail to nadia@benali-formation.example "Salon Camille : le financement est refusé"
go /dossiers/2026-0417
follow "Annuler le dossier"
fill reason = Nous formons nos coiffeuses plus tard.
press "Annuler le dossier"
status 200
see "Abandonné"
letter to nadia@benali-formation.example "Salon Camille ne participera pas" says "Nous formons nos coiffeuses plus tard."
as nadia
go /sessions/S-2026-088
see "Pas de feu vert"
go /f/paiements
see "Abandonné"
# the days come: nothing starts
clock 2026-12-14 08:50
as lea
go /p
not "Signer ma présence"
not "À signer"
as nadia
go /sessions/S-2026-088
see "Bloquée"
go /sessions/S-2026-088/emargement
see "Personne à faire signer"
no mail to lea@salon-camille.example "Convocation"
no mail to nadia@benali-formation.example "Feu vert : session"
no mail to camille@salon-camille.example "n'a pas de feu vert"
as thomas
go /g/factures
not "Salon Camille"
go /g/virements?etat=payout_due
not "Nadia Benali"
go /sessions/S-2026-088
follow "Annuler"
fill reason = Plus aucune entreprise.
press "Annuler"
status 200
see "Annulée"
letter to nadia@benali-formation.example "Annulé : session S-2026-088" says "Plus aucune entreprise."
no mail to camille@salon-camille.example "Annulé : "
no mail to lea@salon-camille.example "Annulé : "
as camille
go /dossiers/2026-0417
see "Rien à faire pour vous"
document "Convention" contains "Salon Camille"
