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
see "zzz"
