from lado.services import invitation
