# A double click is one act: one move in the journal, one mail.
as camille
go /dossiers/2026-0417/accord
fill file = @letter.pdf
twice "Déposer la réponse"
mails to camille@ "Accord bien reçu" 1
mails to thomas@ "À contrôler" 1
go /dossiers/2026-0417
see "Accord à contrôler"
tell control first=14/12/2026 last=15/12/2026 number=EP-2026-118204
as camille
go /dossiers/2026-0417/reste
fill signer_name = Camille Roussel
fill signer_role = gérante
fill authority = on
fill consent = on
twice "Accepter et signer"
mails to camille@ "Feu vert" 1
mails to nadia@ "Feu vert" 1
mails to lea@ "Convocation" 1
as thomas
go /dossiers/2026-0417
see "Feu vert"
times "Réponse de l'OPCO déposée 23/11/2026" 1
times "Reste à charge accepté 23/11/2026" 1
go /g/formateurs/nouveau
fill first_name = Rose
fill last_name = Martel
fill email = rose@martel.example
twice "Inviter"
go /g/formateurs
times "Rose Martel" 1
go /sessions/S-2026-088
follow "Annuler"
fill reason = Grève des transports.
twice "Annuler"
mails to camille@ "Annulé" 1
mails to nadia@ "Annulé" 1
mails to lea@ "Annulé" 1
mails to ines@ "Annulé" 1
go /sessions/S-2026-088
see "Annulée"
