# Begin here: a model for accounts, then `python manage.py makemigrations ledger`. What must hold is in brief.md, every path
# and field in openapi.yaml; `assay check` tells what holds already.
