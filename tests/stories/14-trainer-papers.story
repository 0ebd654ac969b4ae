# A new trainer is invited: without valid papers no session; with them she is active; one expires: suspended, told, no new session.
as thomas
go /g/formateurs/nouveau
fill first_name = Rose
fill last_name = Martel
fill email = rose@martel.example
press "Inviter"
status 200
see "Invité"
see "Il manque une pièce du formateur, ou une pièce est périmée."
not "Actif"
remember ROSE = /formateurs\/(\d+)/
# she comes by her own address, and may not open a session yet
stranger rose
go /connexion
fill email = rose@martel.example
press "Recevoir mon lien"
open mail to rose@ "Votre lien de connexion"
press "Ouvrir"
status 200
go /sessions/nouvelle
fill course = 1
fill place_kind = room
fill address = 12 rue de Marseille
fill postcode = 69007
fill city = Lyon
fill price = 700
fill date_1 = 14/12/2026
fill am_1 = 1
fill pm_1 = 1
fill date_2 = 15/12/2026
fill am_2 = 1
fill pm_2 = 1
press "Créer la session"
see "zzz"
