# Begin here: models for products and orders, then `python manage.py makemigrations orders`. What must hold is in brief.md, every
# message in service.wsdl and orders.xsd, every path and field of the REST face in openapi.yaml; `assay check` tells what holds already.
