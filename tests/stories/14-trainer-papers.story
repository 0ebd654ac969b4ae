# A new trainer is invited: without valid papers no session; with them she is active; one expires: suspended, told, no new session.
as thomas
go /g/formateurs/nouveau
fill first_name = Rose
fill last_name = Martel
fill email = rose@martel.example
press "Inviter"
status 200
see "zzz"
