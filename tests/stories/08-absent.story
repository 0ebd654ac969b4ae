# Inès misses one half-day: her company is told, her certificate says fewer hours, the OPCO pays only what was attended.
as camille
go /dossiers/2026-0417/accord
fill file = @accord.pdf
press "Déposer la réponse"
status 200
as thomas
go /g/accords/2026-0417
fill funder_code = OPCO_EP
fill file_number = EP-2026-7001
fill letter_on = 20/11/2026
fill company_siret = 12345678200010
fill starts_on = 14/12/2026
fill ends_on = 15/12/2026
fill granted_hours = 14
fill participant_count = 2
fill granted = 1400
fill circuit = direct
fill direct = 1400
press "Comparer avec la convention"
press "Valider : feu vert"
status 200
mail to camille@salon-camille.example "Feu vert"
tell half day=2026-12-14 open=08:50 over=12:35 session=S-2026-088
tell half day=2026-12-14 open=13:20 over=17:05 session=S-2026-088
clock 2026-12-15 08:50
as lea
go /p
follow "Signer"
fill attest = on
press "Signer ma présence"
status 200
as nadia
go /sessions/S-2026-088/emargement
follow "Noter Inès Haddad absent"
press "Noter absent"
status 422
fill reason = Malade, certificat médical.
press "Noter absent"
status 200
go /sessions/S-2026-088/emargement
see "Malade, certificat médical."
letter to camille@salon-camille.example "Absence de Inès Haddad" says "Malade, certificat médical."
clock 2026-12-15 12:35
as nadia
go /sessions/S-2026-088/emargement
press "Contresigner"
status 200
tell half day=2026-12-15 open=13:20 over=17:05 session=S-2026-088
as nadia
go /sessions/S-2026-088
act "Déclarer la fin de la session"
go /sessions/S-2026-088/certificats
see "Léa Fontaine : 14 h suivies"
see "Inès Haddad : 10 h 30 suivies"
every acquis = acquired
fill attest = on
press "Attester les heures et les acquis"
as thomas
go /sessions/S-2026-088/certificats
press "Signer les certificats"
status 200
letter to camille@salon-camille.example "Certificat de réalisation" says "Inès Haddad : 10 h 30"
go /dossiers/2026-0417
document "Feuille d'émargement" contains "Malade"
as camille
go /dossiers/2026-0417
document "Certificat" contains "14,00 heures"
tell invoiced D=2026-0417
# 24 h 30 of 28 h: seven eighths to the OPCO, the rest stays the company's, as the convention says
go /dossiers/2026-0417
see "1 225,00 €"
see "175,00 €"
see "Salon Camille · 175,00 €"
letter to camille@salon-camille.example "Facture F-2026-" says "175,00 €"
tell money payer="OPCO EP" amount=1225 on=15/12/2026
go /g/virements?etat=payout_due
not "Nadia Benali"
tell money payer="Salon Camille" amount=175 on=15/12/2026
go /dossiers/2026-0417
see "Réglé"
tell payout amount=910 on=16/12/2026
mail to nadia@benali-formation.example "Virement de 910,00 € : session S-2026-088"
