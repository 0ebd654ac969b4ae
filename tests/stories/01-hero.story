# Camille deposits her letter, Thomas controls it, she accepts 420 euros; attendance, certificate, two invoices, the trainer is paid.
as camille
go /dossiers/2026-0417
see "Déposez la réponse de votre OPCO"
follow "Envoyer la réponse de l'OPCO"
fill file = @letter.pdf
press "Déposer la réponse"
status 200
mail to camille "Accord bien reçu"
as thomas
go /g/accords/2026-0417
fill funder_code = OPCO_EP
fill file_number = EP-2026-118204
fill letter_on = 20/11/2026
fill company_siret = 12345678200010
fill starts_on = 14/12/2026
fill ends_on = 15/12/2026
fill granted_hours = 14
fill participant_count = 2
fill granted = 980
fill circuit = mixed
fill direct = 980
press "Comparer avec la convention"
see "Montant accordé"
see "980,00 €"
press "Valider, sous réserve de l'entreprise"
mail to camille "reste à charge"
as camille
go /dossiers/2026-0417
see "420,00 €"
follow "J'accepte ce reste à charge"
fill signer_name = Camille Roussel
fill signer_role = gérante
fill authority = on
fill consent = on
press "Accepter et signer"
status 200
mail to camille "Feu vert"
mail to nadia "Feu vert"
as nadia
go /sessions/S-2026-088
see "Feu vert"
as lea
go /p
see "Coloration végétale"
clock 2026-12-14 08:50
as lea
go /p
follow "Signer"
fill attest = on
press "Signer ma présence"
as nadia
go /sessions/S-2026-088/emargement
see "1 signature"
