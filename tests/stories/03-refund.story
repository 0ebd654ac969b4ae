# The company pays and is reimbursed by its OPCO: the whole invoice is the company's, none can go to the OPCO.
tell session first=14/12/2026 last=15/12/2026
tell salon choice=refund
go /sessions/{S}
remember D = /(2026-04\d\d)/
tell validated
tell signed
tell letter name=accord first=14/12/2026 last=15/12/2026 granted=1400 circuit=refund direct=0
see "tout est conforme"
see "facture de 1 400,00 € hors taxes à Salon Camille"
not "hors taxes à l'OPCO"
press "Valider : feu vert"
status 200
mail to camille@salon-camille.example "Feu vert"
tell handed day=2026-12-14 open=08:50 over=12:35
tell handed day=2026-12-14 open=13:20 over=17:05
tell handed day=2026-12-15 open=08:50 over=12:35
tell handed day=2026-12-15 open=13:20 over=17:05
tell certified
tell invoiced
go /dossiers/{D}
see "F-2026-00001"
not "F-2026-00002"
see "Salon Camille · 1 400,00 €"
go /g/factures
see "F-2026-00001"
not "F-2026-00002"
not "EP-2026"
follow "F-2026-00001"
see "Payeur Salon Camille"
mail to camille@salon-camille.example "Facture F-2026-00001, 1 400,00 € à régler"
# money of the OPCO pays nothing here: it stays unmatched
go /g/encaissements
fill payer_name = OPCO EP
fill amount = 1399
fill received_on = 15/12/2026
press "Enregistrer"
not "Rapproché"
go /dossiers/{D}
see "Facturé"
go /g/virements?etat=payout_due
not "Nadia Benali"
# the company pays
as camille
open mail to camille@salon-camille.example "Facture F-2026-00001"
see "F-2026-00001"
document "Facture" contains "1 400,00"
document "Facture" contains "Salon Camille"
tell money payer="Salon Camille" amount=1400 on=15/12/2026
mail to camille@salon-camille.example "Règlement reçu, merci"
go /dossiers/{D}
see "Réglé"
tell payout amount=910 on=16/12/2026
mail to nadia@benali-formation.example "Virement de 910,00 € : session {S}"
