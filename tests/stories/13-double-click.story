# A double click is one act: one move in the journal, one mail.
as camille
go /dossiers/2026-0417/accord
fill file = @letter.pdf
twice "Déposer la réponse"
mails to camille@ "Accord bien reçu" 1
mails to thomas@ "À contrôler" 1
go /dossiers/2026-0417
see "zzz"
