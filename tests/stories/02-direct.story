# The OPCO grants all and pays directly: one invoice to it, the company has nothing more to do after the green light.
tell session first=14/12/2026 last=15/12/2026
tell salon choice=direct
go /sessions/{S}
remember D = /(2026-04\d\d)/
tell validated
tell signed
tell letter first=14/12/2026 last=15/12/2026 granted=1400 circuit=direct direct=1400
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
tell handed day=2026-12-14 open=08:50 over=12:35
tell handed day=2026-12-14 open=13:20 over=17:05
tell handed day=2026-12-15 open=08:50 over=12:35
tell handed day=2026-12-15 open=13:20 over=17:05
tell certified
go /dossiers/{D}
press "Envoyer les factures"
status 200
