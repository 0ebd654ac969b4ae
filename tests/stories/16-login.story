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
see "zzz"
