# The OPCO grants all and pays directly: one invoice to it, the company has nothing more to do after the green light.
tell session first=14/12/2026 last=15/12/2026
tell salon choice=direct
go /sessions/{S}
remember D = /(2026-04\d\d)/
tell validated
tell signed
tell letter name=accord first=14/12/2026 last=15/12/2026 granted=1400 circuit=direct direct=1400
see "tout est conforme"
press "Valider : feu vert"
status 200
mail to camille@salon-camille.example "Feu vert : votre formation peut commencer"
mail to nadia@benali-formation.example "Feu vert : session {S}"
mail to lea@salon-camille.example "Convocation"
mail to ines@salon-camille.example "Convocation"
as camille
go /dossiers/{D}
see "Feu vert"
see "Rien à faire pour vous"
tell handed day=2026-12-14 open=08:50 over=12:35
tell handed day=2026-12-14 open=13:20 over=17:05
tell handed day=2026-12-15 open=08:50 over=12:35
tell handed day=2026-12-15 open=13:20 over=17:05
tell certified
tell invoiced
# one invoice, to the OPCO, of the whole price
go /dossiers/{D}
see "F-2026-00001"
not "F-2026-00002"
see "1 400,00 €"
follow "F-2026-00001"
document "Facture" contains "1 400,00"
document "Facture" contains "EP-2026-7001"
no mail to camille@salon-camille.example "Facture F-2026-"
as camille
go /dossiers/{D}
see "Rien à faire pour vous"
document "Certificat" contains "14,00 heures"
# the trainer waits for the OPCO's money
as nadia
go /f/paiements
see "Prévu"
not "À payer"
as thomas
go /g/virements?etat=payout_due
not "Nadia Benali"
tell money payer="OPCO EP" amount=1400 on=15/12/2026
go /dossiers/{D}
see "Réglé"
tell payout amount=910 on=16/12/2026
mail to nadia@benali-formation.example "Virement de 910,00 € : session {S}"
as nadia
go /f/paiements
see "910,00 €"
see "Payé"
