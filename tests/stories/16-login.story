# Somebody on a new device asks for a login link, comes in once by it; an act asks for the mailed code.
stranger camille
go /dossiers/2026-0417
see "Se connecter"
fill email = camille@salon-camille.example
press "Recevoir mon lien"
see "Regardez vos mails"
open mail to camille@ "Votre lien de connexion"
see "destiné à camille@salon-camille.example"
# looking does not use it up
open mail to camille@ "Votre lien de connexion"
press "Ouvrir"
status 200
see "Déposez la réponse de votre OPCO"
# another device: the same link has been used
stranger voisine
open mail to camille@ "Votre lien de connexion"
status 410
see "Ce lien n'est plus valable"
go /dossiers/2026-0417
not "Salon Camille"
see "Se connecter"
# an act asks for the mailed code
as camille
go /dossiers/2026-0417/accord
fill file = @accord.pdf
press "Déposer la réponse"
status 200
# somebody who comes by the link of a mail reads, but an act asks for a code
mail to camille@ "Accord bien reçu"
stranger bureau
open mail to camille@ "Accord bien reçu"
see "destiné à camille@salon-camille.example"
press "Ouvrir"
status 200
see "Accord à contrôler"
go /dossiers/2026-0417
follow "Annuler le dossier"
fill reason = On ne viendra pas.
press "Annuler le dossier"
see "Confirmez que c'est bien vous"
go /dossiers/2026-0417
see "Accord à contrôler"
go /acte/dossier/1/cancelled
fill reason = On ne viendra pas.
press "Annuler le dossier"
see "Nous venons d'envoyer un code"
fill code = 000000
press "Confirmer"
status 422
see "Ce code n'est pas le bon."
go /dossiers/2026-0417
see "Accord à contrôler"
go /acte/dossier/1/cancelled
fill reason = On ne viendra pas.
press "Annuler le dossier"
code to camille@ "Votre code de confirmation"
press "Confirmer"
status 200
see "Pourquoi annuler ce dossier"
fill reason = On ne viendra pas.
press "Annuler le dossier"
status 200
go /dossiers/2026-0417
see "Abandonné"
mails to nadia@ "Salon Camille ne participera pas" 1
# an unknown address reads the same answer and gets nothing
stranger inconnu
go /connexion
fill email = personne@ailleurs.example
press "Recevoir mon lien"
see "Regardez vos mails"
no mail to personne@ "Votre lien de connexion"
# a link that was not used in its half-hour is over
stranger tard
go /connexion
fill email = camille@salon-camille.example
press "Recevoir mon lien"
mails to camille@ "Votre lien de connexion" 2
clock 2026-11-23 09:35
open mail to camille@ "Votre lien de connexion"
status 410
see "Ce lien n'est plus valable"
see "Recevoir un nouveau lien"
