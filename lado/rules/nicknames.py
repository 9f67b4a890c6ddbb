"""Forms of one first name. The `nicknames` package knows those of North America; these are others
that callers in England use."""

import re
from functools import lru_cache

from nicknames import NickNamer

from lado.rules.folding import fold

FAMILIES = (
    "Abdul Abdullah Abdal", "Agnes Aggie Nessie Nancy", "Agnieszka Aga", "Ahmed Ahmad Ahmet",
    "Albert Bert Bertie", "Aleksander Aleksandr Olek Alex", "Aleksandra Ola Alexandra",
    "Alexander Sandy Sacha Lex Alec Xander", "Alexandra Sandra Sandy Lexi",
    "Alistair Alasdair Alastair Al Ali", "Amanda Mandy", "Amelia Millie Amy Mimi",
    "Andrew Drew Andy", "Aneurin Nye", "Angharad Haz", "Ann Anne Annie Anna Ania",
    "Ann Nan Nancy Nanny", "Annabel Arabella Bella Belle", "Anthony Tony Ant", "Archibald Archie",
    "Augustus Gus", "Barbara Basia Babs", "Barnabas Barnaby Barney", "Bartholomew Bart Tolly",
    "Beatrice Beatrix Bea Trixie", "Bernadette Bernie Benny Detta", "Bernard Bernie Barney",
    "Bilal Billal", "Bridget Biddy Bridie", "Bronwen Bron Bronwyn", "Callum Calum Cal",
    "Caroline Caz Carrie", "Catherine Kitty Kit Kay Cat", "Cecilia Cecily Cissy Sissy Celia",
    "Charles Chuck Chas Charlie Chip", "Charlotte Lottie Char",
    "Christine Christina Tina Chrissie", "Christopher Kit Kris Topher", "Cornelius Con Neil",
    "Dafydd David Dai Dave", "Darren Daz", "Deepa Deepika Deepti", "Derek Del",
    "Dorothy Dot Dottie Dodie Dolly Dora Thea", "Edward Ned Ted Teddy", "Edwin Ed Eddie Ted",
    "Eleanor Nora Ellie Lena", "Elizabeth Beth Betty Bess Betsy Libby Lilibet Elspeth Eliza Liz",
    "Elizabeth Lisa Lizzie Elsie", "Emily Millie Em", "Emmanuel Manny", "Emyr Emrys",
    "Esther Hester Essie Hetty", "Eugene Gene", "Euphemia Effie Phemie", "Fatima Fatimah Fatema",
    "Felicity Fliss Flick", "Florence Flo Florrie Flossie Flora",
    "Frances Fanny Fran Frankie Francie", "Francis Frank Frankie Fran", "Freya Freja",
    "Gareth Gaz Gary Garth", "Geoffrey Jeffrey Jeff Geoff", "Geraint Ger",
    "Gerald Gerard Gerry Jerry", "Gillian Jill Gill Gilly", "Grzegorz Greg Grzes",
    "Gwendoline Gwen Wendy", "Gwenllian Gwen", "Harold Harry", "Harriet Hattie Hetty",
    "Helen Ellen Eleanor Nell Nelly", "Henrietta Hetty Etta", "Henry Hank Harry",
    "Henry Harry Hal", "Hubert Herbert Bert Bertie", "Hugh Huw Hughie Hew",
    "Hussain Hussein Husain", "Ian Iain Ion", "Imogen Immy", "Isaac Ike Zac", "Isla Ila",
    "Isobel Isabel Isabella Izzy Issy Bella", "Jacob Jake", "Jacqueline Jackie Jacqui",
    "Jadwiga Jadzia", "Jakub Kuba Jacob", "James Jim Jimmy Jamie Jem", "Jan Johnny John",
    "Jane Janie Jenny", "Janet Jan Jessie Netta", "Jasmin Yasmin Yasmine Jasmine",
    "Jeremiah Jeremy Jerry", "Jeremy Jem Jez", "Jodie Jody Jo", "John Jack Johnny Jock Ian Sean",
    "Jonathan Jon Jonty Jonny", "Josephine Josie Jo", "Julian Jules", "Karl Carl Carlo",
    "Katarzyna Kasia Katie", "Kate Kat Katie Katy Catherine Katherine Kathryn Kathleen Cath",
    "Khadija Khadijah", "Krzysztof Krzys Chris Christopher", "Lawrence Laurence Larry Laurie",
    "Leila Layla Laila Leyla", "Leopold Leo", "Letitia Lettice Letty Tish Tisha",
    "Llewellyn Lyn Llew", "Louisa Louise Lou Lulu", "Lucinda Cynthia Cindy",
    "Lucy Lucinda Lucia Luce", "Luis Louis Lewis", "Malgorzata Gosia Margaret",
    "Margaret Maisie Peggy Mags", "Margaret Meg Peg Maggie Madge Daisy Greta Rita Marge",
    "Martha Patty Mattie", "Martin Marty Mart Marcin", "Mary Molly Polly May Mamie Minnie",
    "Matilda Tilly Tillie Mattie Maud", "Maurice Moe Mossie", "Megan Meg Meggie", "Mervyn Merv",
    "Michal Michael Mike", "Michelle Shell Shelley", "Millicent Mildred Millie",
    "Miranda Melinda Mindy", "Mohammed Muhammad Mohamed Mohammad Mo Md", "Molly Polly",
    "Musa Moosa Moses", "Nadia Nadya", "Natasha Tasha Natalia", "Nathaniel Nat Nate Nathan",
    "Neil Neal Niall Nial", "Nicholas Nick Nicky Nico Colin", "Nicola Nicky Nic",
    "Nikhil Nik Nikki", "Oliver Ollie Noll", "Olivia Olive Livvy Ollie", "Oscar Oskar Ossie",
    "Owen Owain", "Patricia Pat Patsy Trish Tricia Patti", "Patrick Paddy Pat Patsy",
    "Pavel Pawel Paul", "Philippa Pip Pippa", "Piers Pierce Peter", "Priya Pri", "Randolph Randy",
    "Rebecca Becca Becks Bex", "Reginald Reg Reggie Rex", "Rhys Reece Rees",
    "Richard Dick Rick Rich", "Robert Bobby Rob Robbie Bob", "Roderick Rod Roddy",
    "Roland Rollo Roly", "Rory Ruairi Ruaridh Roderick", "Rosalind Ros Roz Rosie",
    "Rose Rosie Rosa Roza", "Rosemary Rose Rosie Romy", "Ruth Ruthie", "Samantha Sam Sammy",
    "Sanjay Sanj San", "Sarah Sally Sal Sadie", "Saul Sol", "Sebastian Seb Bas",
    "Sian Shan Sharne Jane", "Sidney Sid Syd", "Siobhan Shiv Shivaun Chevonne",
    "Sonia Sonya Sonja", "Stanislaw Stan Staszek", "Susan Sukie Suki Sue", "Tara Tarah",
    "Terence Terry Tel", "Theodore Theo Ted Teddy", "Theresa Tess Terri Tereza", "Tobias Toby",
    "Tomasz Tomek Tom Thomas", "Umar Omar Omer", "Veronica Ronnie Vera", "Victor Viktor Vic",
    "Victoria Vicky Tori", "Virginia Ginny Ginger", "Walter Wally Walt Wat", "Wanda Wandzia",
    "Wilfred Wilf Fred", "Wilfred Wilf Wilfrid", "Wilhelmina Minnie Mina Billie",
    "William Liam Bill Will Billy Gwilym", "Winifred Winnie Freda", "Wojciech Wojtek",
    "Yusuf Yousef Yousuf Joseph", "Yvette Evette", "Zainab Zaynab Zeinab",
    "Zofia Zosia Sofia Sophia Sophie Zosha",
)  # fmt: skip

ENDING = re.compile("(?:ie|ey|ee|y|i|zz?a?)$")
SHORTEST = 2

_package = NickNamer()
_ours: dict[str, set[str]] = {}
for _family in FAMILIES:
    _names = set(fold(_family).split())
    for _name in _names:
        _ours.setdefault(_name, set()).update(_names - {_name})


@lru_cache(maxsize=20_000)
def related(forename: str) -> frozenset[str]:
    """Other forms of a folded first name: jon -> jonathan, john, ..."""
    theirs = _package.nicknames_of(forename) | _package.canonicals_of(forename)
    return frozenset(theirs | _ours.get(forename, set()))


def is_short_for(short: str, whole: str) -> bool:
    """Made as English makes them: a piece of the name, from its first or second letter on, with an
    ending that is doubled or sweetened, or the name's own end. Kimmy of Kimberley, Winnie of
    Winston, Livvy of Olivia, Gina of Georgina, Baz of Barry."""
    piece = ENDING.sub("", short)
    if len(piece) > SHORTEST and piece[-1] == piece[-2]:
        piece = piece[:-1]
    least = SHORTEST if piece != short else SHORTEST + 1
    begins = len(piece) >= least and (whole.startswith(piece) or whole[1:].startswith(piece))
    return begins or (len(short) > SHORTEST + 1 and whole.endswith(short))


def are_related(one: str, other: str) -> bool:
    return other in related(one) or one in related(other)
