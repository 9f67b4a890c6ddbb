"""Names that nobody takes for somebody real."""

STEMS = (
    "Sample", "Fable", "Fiction", "Pretend", "Madeup", "Example", "Specimen", "Invented",
    "Storybook", "Paper", "Imagin", "Notreal",
)  # fmt: skip
ENDINGS = ("ton", "worth", "ley", "by", "field", "ham", "wick", "stone")
SURNAMES = tuple(stem + ending for stem in STEMS for ending in ENDINGS)

FORENAMES = {
    "Female": (
        "Aisha", "Alice", "Beth", "Bronwen", "Carys", "Chloe", "Dawn", "Deepa", "Edith", "Elif",
        "Fatima", "Freya", "Grace", "Hannah", "Imogen", "Isla", "Jean", "Jodie", "Kate", "Keziah",
        "Leila", "Lucy", "Maya", "Megan", "Nadia", "Nia", "Olive", "Pearl", "Priya", "Rose",
        "Ruth", "Sian", "Sonia", "Tara", "Ursula", "Vera", "Wanda", "Yasmin", "Yvette", "Zofia",
    ),
    "Male": (
        "Aaron", "Adam", "Bilal", "Brian", "Callum", "Clive", "Darren", "Dev", "Edwin", "Emyr",
        "Faisal", "Frank", "Gareth", "Glen", "Hamza", "Hugh", "Ian", "Ivor", "Jack", "Joel",
        "Karl", "Kofi", "Liam", "Luis", "Martin", "Musa", "Neil", "Nikhil", "Oscar", "Owen",
        "Pavel", "Piers", "Rhys", "Rory", "Sanjay", "Saul", "Tomasz", "Umar", "Victor", "Wilf",
    ),
}  # fmt: skip

PLACES = (
    "Fableton", "Storybrook", "Makebelieve", "Nowhere Green", "Onceupon", "Pretend Hill",
    "Imaginary Vale", "Cloudcastle", "Neverend", "Much Inventing", "Little Fiction",
    "Great Fiction", "Paperbridge", "Inkwell Cross", "Exampleby", "Sampleford", "Madeupton",
    "Specimen Park",
)  # fmt: skip

COUNCIL = "Storyshire County Council"
