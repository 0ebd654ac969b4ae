# Two companies share a session: Camille can't cancel it for both; she leaves her own file, the other goes on.
tell session first="11/01/2027" last="12/01/2027"
tell salon S={S} choice=direct
go /sessions/{S}/entreprise
fill siret = 732 829 320 00074
fill name = Atelier Lumière
fill address = 3 rue Mercière
fill postcode = 69002
fill city = Lyon
fill contact_first_name = Marc
fill contact_last_name = Lenoir
fill email = marc@atelier-lumiere.example
fill idcc = 2596
fill funder_code = OPCO_EP
fill payment_choice = direct
fill p1_first_name = Paul
fill p1_last_name = Petit
fill p1_email = paul@atelier-lumiere.example
press "Ajouter l'entreprise"
status 200
tell validated S={S}
as camille
go /acte/session/2/cancel
see "D'autres entreprises participent à cette session : annulez seulement votre dossier."
go /dossiers/2026-0418
follow "Annuler le dossier"
fill reason = Planning trop chargé.
press "Annuler le dossier"
status 200
letter to nadia@ "Salon Camille ne participera pas" says "Planning trop chargé."
no mail to marc@ "Annulé"
go /dossiers/2026-0418
see "Abandonné"
as nadia
go /sessions/{S}
see "En attente du feu vert"
see "Abandonné"
see "Convention à signer"
not "Annulée"
