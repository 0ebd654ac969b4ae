# Thomas and Sophie decide on the same letter from pages opened before: the first decision stands, the second is told.
tell answer file=@accord.pdf
tell typed first=14/12/2026 last=15/12/2026 number=EP-2026-118204
prepare "Valider, sous réserve de l'entreprise" as thomas
as sophie
go /g/accords/2026-0417
fill reason_ko = Le montant ne va pas.
prepare "Demander un accord corrigé" as sophie
send thomas
status 200
send sophie
status 409
see "Cela n'est plus possible : la situation a changé depuis l'affichage de la page."
# one decision in the journal, one mail: the share, no correction
mails to camille@ "reste à charge" 1
no mail to camille@ "L'accord ne correspond pas"
as camille
go /dossiers/2026-0417
see "Acceptez votre reste à charge"
# two devices of Camille: she accepts on one and declines on the other
go /dossiers/2026-0417/reste
fill signer_name = Camille Roussel
fill signer_role = gérante
fill authority = on
fill consent = on
prepare "Accepter et signer" as phone
follow "Nous n'acceptons pas ce reste à charge"
fill reason = Trop cher.
prepare "Je n'accepte pas" as desk
send phone
status 200
mails to camille@ "Feu vert" 1
send desk
status 409
see "la situation a changé"
no mail to nadia@ "le financement est refusé"
# both of the team press the same button from the same page
as nadia
go /sessions/S-2026-088
see "Feu vert"
follow "Annuler"
fill reason = Grève des transports.
prepare "Annuler" as nadia
as sophie
go /sessions/S-2026-088
follow "Annuler"
fill reason = Doublon.
prepare "Annuler" as sophie
send nadia
status 200
send sophie
status 409
mails to camille@ "Annulé : Coloration" 1
letter to camille@ "Annulé : Coloration" says "Grève des transports."
mails to nadia@ "Annulé : session" 1
as thomas
go /sessions/S-2026-088
see "Annulée"
times "Annulation 23/11/2026" 1
