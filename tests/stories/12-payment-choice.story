# After the green light Camille wants to pay first and be refunded: her agreement is to be done again.
tell green
as camille
go /dossiers/2026-0417
follow "Changer le mode de paiement"
press "Changer le mode de paiement"
status 422
fill choice = refund
press "Changer le mode de paiement"
status 200
go /dossiers/2026-0417
see "Accord à faire corriger"
mail to camille@ "n'a pas de feu vert"
mail to nadia@ "Pas de feu vert pour la session S-2026-088"
as nadia
go /sessions/S-2026-088
see "En attente du feu vert"
as camille
go /dossiers/2026-0417/accord
fill file = @accord-remboursement.pdf
press "Déposer la réponse"
status 200
as thomas
go /g/accords/2026-0417
fill funder_code = OPCO_EP
fill file_number = EP-2026-118301
fill letter_on = 23/11/2026
fill company_siret = 12345678200010
fill starts_on = 14/12/2026
fill ends_on = 15/12/2026
fill granted_hours = 14
fill participant_count = 2
fill granted = 1400
fill circuit = refund
press "Comparer avec la convention"
see "facture de 1 400,00 € hors taxes à Salon Camille"
not "hors taxes à l'OPCO"
press "Valider : feu vert"
status 200
mails to camille@ "Feu vert" 2
mails to nadia@ "Feu vert" 2
as nadia
go /sessions/S-2026-088
see "Feu vert"
as camille
go /dossiers/2026-0417
