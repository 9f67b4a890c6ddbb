from lado import create_app

app = create_app()
