# A new colleague comes in by password and the code of an application; a wrong one and a used one are refused.
as sophie
go /g/equipe
fill role = staff
fill first_name = Anne
fill last_name = Morel
fill email = anne@ateliers-rhone.example
press "Créer le compte"
status 200
see "Le compte de Anne Morel est créé"
remember PASSWORD = /Mot de passe (\S+) /
remember SECRET = /Clé de l'application de codes ([A-Z2-7]+)/
stranger anne
go /g
follow "Je fais partie de l'équipe"
fill email = anne@ateliers-rhone.example
fill mot_de_passe = {PASSWORD}
fill totp = 000000
press "Entrer"
status 422
see "ne vont pas ensemble"
fill email = anne@ateliers-rhone.example
fill mot_de_passe = mauvais mot de passe
totp {SECRET} 2026-11-23 09:00
press "Entrer"
status 422
fill email = anne@ateliers-rhone.example
fill mot_de_passe = {PASSWORD}
totp {SECRET} 2026-11-23 09:00
press "Entrer"
status 200
see "Anne Morel"
go /g/accords
status 200
# the same code serves once
stranger anne-encore
go /connexion?equipe=1
fill email = anne@ateliers-rhone.example
fill mot_de_passe = {PASSWORD}
totp {SECRET} 2026-11-23 09:00
press "Entrer"
status 422
# her account is closed: she is out at once
as sophie
go /g/equipe
press "Fermer le compte de Anne Morel"
status 200
as anne
go /g/accords
see "Se connecter"
