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
tell half day=2026-12-14 open=08:50 over=12:35 session=S-2026-088
tell half day=2026-12-14 open=13:20 over=17:05 session=S-2026-088
tell half day=2026-12-15 open=08:50 over=12:35 session=S-2026-088
tell half day=2026-12-15 open=13:20 over=17:05 session=S-2026-088
as nadia
go /sessions/S-2026-088
follow "Déclarer la fin de la session"
press "Déclarer la fin de la session"
go /sessions/S-2026-088/certificats
every acquis = acquired
fill attest = on
press "Attester les heures et les acquis"
as thomas
go /sessions/S-2026-088/certificats
press "Signer les certificats"
mail to camille "Certificat de réalisation"
go /dossiers/2026-0417
act "Envoyer les factures"
mail to camille "Facture F-2026-"
go /g/encaissements
fill payer_name = OPCO EP
fill amount = 980
fill received_on = 15/12/2026
fill bank_ref = EP-2026-118204
press "Enregistrer"
press "Rattacher"
see "Rapproché"
go /g/encaissements
fill payer_name = Salon Camille
fill amount = 420
fill received_on = 15/12/2026
press "Enregistrer"
press "Rattacher"
see "Rapproché"
mail to camille "Règlement reçu"
go /dossiers/2026-0417
see "Réglé"
go /g/virements?etat=payout_due
follow "Nadia Benali"
fill invoice_ref = NB-2026-12
fill invoice_amount = 910
press "Accepter la facture"
status 200
as sophie
go /g/virements
fill payout = on
fill execute_on = 16/12/2026
press "Préparer le fichier"
status 200
see "V-2026-"
press "La banque a tout exécuté"
mail to nadia "Virement de 910,00 € : session S-2026-088"
as nadia
go /f/paiements
see "910,00 €"
see "Payé"
