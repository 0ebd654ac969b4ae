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
tell own first=14/12/2026 last=15/12/2026
status 409
see "Les pièces du formateur ne sont pas à jour : il ne peut pas ouvrir de nouvelle session."
go /f
not "S-2026-"
# her papers come in one by one; the URSSAF attestation ends on 4 December
as thomas
tell paper T={ROSE} kind=contrat to=""
tell paper T={ROSE} kind=nda to=""
tell paper T={ROSE} kind=cv to=""
tell paper T={ROSE} kind=diplome to=""
tell paper T={ROSE} kind=identite to=""
tell paper T={ROSE} kind=charte to=""
tell paper T={ROSE} kind=assurance to=31/12/2027
go /g/formateurs/{ROSE}
see "Il manque une pièce du formateur, ou une pièce est périmée."
tell paper T={ROSE} kind=vigilance to=04/12/2026
go /g/formateurs/{ROSE}
follow "Pièces complètes"
press "Pièces complètes"
status 200
go /g/formateurs/{ROSE}
see "Actif"
as rose
go /sessions/nouvelle
tell own first=14/12/2026 last=15/12/2026
status 200
remember S = /(S-2026-\d+)/
# four days before and on its last day the attestation still holds; the day after, it does not
clock 2026-12-04 12:00
as thomas
go /g/formateurs/{ROSE}
see "Actif"
clock 2026-12-07 09:00
as thomas
mail to rose@ "À renouveler : Attestation de vigilance URSSAF"
mail to thomas@ "Document périmé : Rose Martel"
mails to rose@ "À renouveler" 1
go /g/formateurs/{ROSE}
see "Pièce périmée"
see "Périmée depuis"
stranger rose
go /connexion
fill email = rose@martel.example
press "Recevoir mon lien"
mails to rose@ "Votre lien de connexion" 2
open mail to rose@ "Votre lien de connexion"
press "Ouvrir"
go /sessions/nouvelle
tell own first=18/01/2027 last=19/01/2027
status 409
see "Les pièces du formateur ne sont pas à jour : il ne peut pas ouvrir de nouvelle session."
# her session goes on; she sends the new attestation herself and works again
go /sessions/{S}
see "Brouillon"
go /f/profil
fill kind = vigilance
fill file = @urssaf.pdf
fill from = 05/12/2026
press "Envoyer la pièce"
status 200
go /sessions/nouvelle
tell own first=18/01/2027 last=19/01/2027
status 200
see "Session enregistrée."
as thomas
go /g/formateurs/{ROSE}
see "Actif"
