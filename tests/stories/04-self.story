# The OPCO refuses; the company commits itself to pay all: green light, one invoice, to it.
as camille
go /dossiers/2026-0417/accord
follow "L'OPCO a refusé"
fill reason = Fonds épuisés pour cette année.
press "L'OPCO a refusé"
status 200
see "Refusé par l'OPCO"
letter to camille@salon-camille.example "Votre OPCO a refusé : vous avez le choix" says "Fonds épuisés pour cette année."
mail to nadia@benali-formation.example "Salon Camille : le financement est refusé"
as nadia
go /sessions/S-2026-088
see "Pas de feu vert"
as camille
open mail to camille@salon-camille.example "Votre OPCO a refusé"
see "Payer sans l'OPCO"
# what it costs now
not "Reste à votre charge 0,00 €"
see "Reste à votre charge 1 400,00 €"
follow "Payer sans l'OPCO"
see "1 400,00 €"
# a commitment without authority is none
fill signer_name = Camille Roussel
fill signer_role = gérante
fill consent = on
press "Signer l'engagement"
status 422
fill signer_name = Camille Roussel
fill signer_role = gérante
fill authority = on
fill consent = on
press "Signer l'engagement"
status 200
see "Feu vert"
mail to camille@salon-camille.example "Feu vert : votre formation peut commencer"
mail to nadia@benali-formation.example "Feu vert : session S-2026-088"
mail to lea@salon-camille.example "Convocation"
tell half day=2026-12-14 open=08:50 over=12:35 session=S-2026-088
tell half day=2026-12-14 open=13:20 over=17:05 session=S-2026-088
tell half day=2026-12-15 open=08:50 over=12:35 session=S-2026-088
tell half day=2026-12-15 open=13:20 over=17:05 session=S-2026-088
tell certified S=S-2026-088
tell invoiced D=2026-0417
go /dossiers/2026-0417
see "F-2026-00001"
not "F-2026-00002"
see "Salon Camille · 1 400,00 €"
mail to camille@salon-camille.example "Facture F-2026-00001, 1 400,00 € à régler"
follow "F-2026-00001"
see "Payeur Salon Camille"
document "Facture" contains "1 400,00"
tell money payer="Salon Camille" amount=1400 on=15/12/2026
go /dossiers/2026-0417
see "Réglé"
tell payout amount=910 on=16/12/2026
mail to nadia@benali-formation.example "Virement de 910,00 € : session S-2026-088"
