"""How names and dates reach a LADO wrongly: ten kinds of slips, made from people on record.

Nothing here is taken from the rules that are tried with it. How a name may be heard is written
down by hand, with the endings of the demonstration's surnames in mind.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

LETTERS = "abcdefghijklmnopqrstuvwxyz"
# As a caller would spell what they hear. The last letters first: only one is applied.
HEARD = (
    ("ph", "f"), ("f", "ph"), ("wick", "wik"), ("stone", "ston"), ("field", "feeld"),
    ("worth", "wurth"), ("ham", "hamm"), ("ley", "lee"), ("ton", "tone"), ("by", "bie"),
    ("ck", "k"), ("c", "k"), ("ee", "ea"), ("i", "y"),
)  # fmt: skip
# English diminutives of given names that Wiktionary lists, divided between the part of the people
# on which rules are tuned and the one on which they are reported.
_CALLED = (
    """
    Abigail: Abbie, Gail; Abner: Ab; Adelaide: Addie, Aggie; Albert: Al, Allie, Bertie;
    Alexandra: Allie, Lexi, Sandy; Alfred: Al, Alf, Alfie, Fred; Alice: Ally; Alvin: Allie;
    Ambrose: Brose; Angela: Angie; Anthony: Ant, Tony; Arnold: Arnie; Barbara: Babs, Barb;
    Barnaby: Barney; Bartholomew: Bart, Batt; Benjamin: Ben, Benji, Benny; Bernadette: Bennie;
    Bradley: Brad; Calvin: Cal; Caroline: Callie, Carrie; Cassandra: Cass, Cassie; Catherine:
    Cath, Kate, Katie; Charlotte: Charley, Lottie; Christine: Chrissie, Chrissy; Christopher:
    Chip, Chris, Kit; Clifford: Cliff; Constance: Connie; Cornelius: Con; Cynthia: Cindy; Cyrus:
    Cy, Dan; Danielle: Dani, Danny; David: Dave, Davy; Deborah: Deb, Debbie; Denis: Denny;
    Dominic: Dom; Dorothy: Dodie, Dolly, Dot; Douglas: Doug, Drew; Edwin: Ed, Eddie; Eleanor:
    Nell; Elizabeth: Bess, Betsy, Libby, Liz, Lizzie; Esther: Essie, Hetty; Felicity: Fliss;
    Fiona: Fi; Florence: Flo, Florrie, Flossie; Frances: Fanny, Fran, Frannie; Francis: Fran,
    Frank; Gabriel: Gabby, Gabe; Geoffrey: Geoff; Georgina: Georgie, Gina; Gerard: Gerry; Grace:
    Gracie; Gustav: Gus; Harriet: Hattie; Harry: Hal; Helen: Nell; Hugh: Huey, Hughie; Isabella:
    Bella; Isobel: Isy, Izzy; Jack: Jackie; Jacqueline: Jackie, Jacqui; James: Jamie, Jem, Jim,
    Jimmy; Jasmine: Jas, Jaz; Jean: Jeannie; Jennifer: Jen, Jenni; Jeremy: Jem, Jez; Jessica:
    Jess, Jessie; Joseph: Jo, Joe, Joey; Josephine: Jo; Joshua: Josh; Judith: Jodie, Judy;
    Kimberley: Kimmy; Laura: Laurie; Lawrence: Larry, Lawrie; Leonard: Len, Lenny; Lillian: Lil,
    Lilly; Louis: Lou, Louie; Louisa: Lou, Lulu; Lucy: Lulu; Margaret: Madge, Maggie, Meg;
    Martha: Mattie; Martin: Marty; Matilda: Tillie, Tilly; Maurice: Moe, Mossie; Megan: Meg;
    Melissa: Mel, Missy; Melvyn: Mel, Merv; Michelle: Shell; Montague: Monty; Natasha: Nat,
    Tash; Nathaniel: Nat, Nate; Nicola: Nicky, Nikki; Olive: Ollie; Olivia: Livvy, Ollie;
    Patricia: Pat, Tricia, Trish; Patrick: Pat, Patsy; Penelope: Penny; Philip: Phil; Philippa:
    Pippa; Prudence: Prue; Raymond: Ray; Rebecca: Becca, Becky; Roger: Rog; Rose: Rosie;
    Rudolph: Rudy; Samantha: Sam, Sammie; Samuel: Sal, Sam, Sammy; Sebastian: Seb; Sharon: Shaz;
    Solomon: Sol; Stephen: Steve, Stevie; Stuart: Stu; Susan: Sue, Susie; Sydney: Sid; Terence:
    Terry; Teresa: Terri, Tess; Thomas: Tom, Tommy; Tyrone: Ty; Valentine: Val; Victoria: Vicky,
    Vic; Walter: Wally, Walt; William: Bill, Billy, Willie; Winifred: Winnie; Winston: Winnie;
    Zachary: Zack, Zak
    """,
    """
    Abraham: Abe; Adele: Addie; Agnes: Nessie; Alan: Al; Alexander: Alec, Lex, Sandy, Xan;
    Alison: Ali, Ally; Andrea: Andy; Andrew: Andy; Ann: Nan, Nanny; Annabelle: Belle; Annette:
    Nettie; Antonia: Toni, Tonia; Archibald: Archie; Arthur: Art, Artie; Ashley: Ash; Augustus:
    Gus, Augie; Barnabas: Barney; Barry: Baz; Basil: Baz; Beatrice: Bea, Trixie; Beatrix:
    Trixie; Benedict: Ben; Bernard: Barney, Bernie; Bertram: Bertie; Brian: Bri; Bridget: Biddy;
    Caleb: Cal; Candice: Candy; Cecilia: Sissy; Charles: Charlie, Chas, Chip, Chuck; Christina:
    Chris, Chrissie, Kris; Clement: Clem; Clementine: Clem; Corinne: Corrie; Curtis: Curt;
    Daniel: Dani, Danny; Dennis: Den, Denny; Derek: Del; Desmond: Des; Diana: Di; Dolores:
    Dolly; Donald: Donnie; Donovan: Donny; Edgar: Ed, Eddie; Edward: Ed, Eddie, Ned, Teddy;
    Ellen: Nell; Emmanuel: Mannie; Ernest: Ernie; Ethel: Eth; Eugene: Gene; Evelyn: Lyn;
    Ezekiel: Zeke; Faith: Fay; Fernando: Nando; Frederick: Fred, Freddie; Gabrielle: Gabby;
    Gavin: Gav; George: Geordie, Georgie; Gerald: Gerry; Geraldine: Gerry; Gertrude: Gertie,
    Trudy; Gregory: Greg; Harold: Hal, Harry; Henrietta: Etta, Hetty; Henry: Hal, Hank, Harry;
    Herbert: Herb, Herbie; Hester: Hetty; Howard: Howie; Isaac: Ike; Isabel: Izzy; Jacquelyn:
    Jackie; Jane: Janie; Janet: Jessie; Jason: Jace, Jay; Jeffrey: Jeff; Jemima: Jem; Jeremiah:
    Jem, Jerry; Jesse: Jess; Jillian: Jilly; Joanna: Jo, Jojo, Josie; Johannes: Joh; John:
    Jackie, Johnny; Jonathan: Jon, Jonty; June: Junie; Katherine: Kat, Katy, Kay, Kit, Kitty;
    Kenneth: Ken, Kenny; Kevin: Kev; Kristina: Kris; Laurence: Larry, Laurie; Lavinia: Vinnie;
    Leslie: Les; Lester: Les; Letitia: Letty, Tisha; Lilian: Lil; Linda: Lindy; Louise: Lou,
    Lulu; Lucinda: Cindy; Lydia: Liddy; Marvin: Marv; Mary: Jo, Mamie, May, Polly; Matthew: Mat,
    Matt, Matty; Maud: Maudie; Melanie: Mel; Melinda: Mel, Mindy; Melvin: Mel, Merv; Michael:
    Mick, Mickey, Mike; Miranda: Mindy, Randy; Molly: Polly; Montgomery: Monty; Mortimer: Mort;
    Moses: Moe; Nancy: Nan, Nance; Natalie: Nat; Nathan: Nate; Nicholas: Coll, Nick, Nicky;
    Nicole: Nicky, Nikki; Noreen: Norrie; Oliver: Ollie; Pamela: Pam; Peregrine: Perry; Peter:
    Pete; Priscilla: Prissy; Rachel: Rae; Randolph: Randy; Regina: Gina; Reginald: Reg, Reggie;
    Reuben: Rube; Richard: Dick, Dickie, Rich, Rick, Ricky; Robert: Bob, Bobby, Rob; Roberta:
    Bobbie; Ronald: Ron, Ronnie; Rosemary: Rosie; Roxanne: Roxy; Sally: Sal; Salvador: Sal;
    Sandra: Sandy; Scott: Scottie; Shirley: Shirl; Sidney: Sid; Simon: Si, Sim; Spencer: Spence;
    Stanley: Stan; Stephanie: Steph, Stevie; Steven: Steve; Stewart: Stew, Stewie; Suzanne:
    Suze; Thaddeus: Tad, Thad; Theodore: Teddy; Theresa: Tessy; Timothy: Tim, Timmy; Tyler: Ty;
    Valerie: Val; Victor: Vic; Vincent: Vin, Vince, Vinnie; Virginia: Ginny; Vivian: Viv;
    Wallace: Wally; Wesley: Wes; Wilfred: Fred, Wilf; Wilhelmina: Minnie, Willie; Woodrow: Woody
    """,
)
CALLED: list[dict[str, list[str]]] = [
    {
        name: forms.split(", ")
        for name, forms in (row.split(": ") for row in " ".join(rows.split()).split("; "))
    }
    for rows in _CALLED
]
ACCENTS = str.maketrans({"a": "á", "e": "è", "i": "ï", "o": "ö", "u": "ü"})


@dataclass(frozen=True)
class Asked:
    surname: str
    forename: str
    born: date | None


Slip = Callable[[Asked, Random], Asked | None]


def typed_wrongly(who: Asked, chance: Random) -> Asked:
    """One letter wrong, missing, too many or swapped with the next, in either name."""
    in_surname = chance.random() < 0.5
    name = who.surname if in_surname else who.forename
    at = chance.randrange(len(name))
    letter = chance.choice(LETTERS)
    slipped = chance.choice(
        [
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
        ]
    )
    if in_surname:
        return Asked(slipped, who.forename, who.born)
    return Asked(who.surname, slipped, who.born)


def names_swapped(who: Asked, _: Random) -> Asked:
    return Asked(who.forename, who.surname, None)


def called_otherwise(who: Asked, chance: Random) -> Asked | None:
    forms = CALLED[0].get(who.forename, CALLED[1].get(who.forename))
    return Asked(who.surname, chance.choice(forms), None) if forms else None


def without_birth(who: Asked, _: Random) -> Asked:
    return Asked(who.surname, who.forename, None)


def surname_changed(who: Asked, _: Random) -> Asked:
    return Asked("Newlywedd", who.forename, who.born)


def day_and_month_swapped(who: Asked, _: Random) -> Asked | None:
    born = who.born
    if born is None or born.day > 12 or born.day == born.month:
        return None
    return Asked(who.surname, who.forename, date(born.year, born.day, born.month))


def spelled_as_heard(who: Asked, chance: Random) -> Asked | None:
    name = who.surname.lower()
    fitting = [(old, new) for old, new in HEARD if old in name]
    if not fitting:
        return None
    old, new = chance.choice(fitting)
    return Asked(name.replace(old, new, 1), who.forename, None)


def initial_only(who: Asked, _: Random) -> Asked:
    return Asked(who.surname, f"{who.forename[0]}.", who.born)


def written_otherwise(who: Asked, chance: Random) -> Asked:
    """Accents, a further surname behind a hyphen, or apart where it was one word."""
    name = who.surname
    middle = len(name) // 2
    forms = [
        name.translate(ACCENTS), f"{name}-Newlywedd", f"Newlywedd {name}", f"de {name}",
        f"{name[:middle]}'{name[middle:]}",
    ]  # fmt: skip
    return Asked(chance.choice(forms), who.forename, None)


def figure_wrong(who: Asked, chance: Random) -> Asked | None:
    if who.born is None:
        return None
    part = chance.choice(["day", "month", "year"])
    change = {
        "day": lambda born: born.replace(day=born.day + chance.choice([-1, 1, 10, -10])),
        "month": lambda born: born.replace(month=born.month + chance.choice([-1, 1])),
        "year": lambda born: born.replace(year=born.year + chance.choice([-1, 1, 10, -10])),
    }[part]
    try:
        return Asked(who.surname, who.forename, change(who.born))
    except ValueError:
        return None


# Each kind, and whether it keeps the sound of the surname or the date of birth.
SLIPS: dict[str, Slip] = {
    "one letter typed wrongly": typed_wrongly,
    "surname and first name swapped": names_swapped,
    "a nickname, no date of birth": called_otherwise,
    "no date of birth": without_birth,
    "surname changed": surname_changed,
    "day and month swapped": day_and_month_swapped,
    "surname spelled as heard, no date of birth": spelled_as_heard,
    "an initial": initial_only,
    "written otherwise, no date of birth": written_otherwise,
    "one figure of the date wrong": figure_wrong,
}
EACH = 200


def slips(people: list[Asked], slip: Slip, chance: Random) -> Iterator[tuple[int, Asked]]:
    """EACH of a kind, with the place in `people` of whoever is meant. What changes nothing is no
    slip."""
    made = 0
    while made < EACH:
        who = chance.randrange(len(people))
        asked = slip(people[who], chance)
        if asked is not None and asked != people[who]:
            made += 1
            yield who, asked


def strangers(people: list[Asked], chance: Random) -> list[Asked]:
    """Names that nobody on record has: a surname of other syllables, or a surname and a first name
    of two people that nobody has together. Every second has a date of birth, of their own."""
    starts = ("Quor", "Brend", "Stav", "Whin", "Tarb", "Ulm", "Jess", "Corv", "Hask", "Pell")
    ends = ("ison", "more", "stead", "ling", "brook", "acre", "dale", "man")
    forenames = sorted({who.forename for who in people})
    surnames = sorted({who.surname for who in people})
    taken = {(who.surname, who.forename) for who in people}
    found: list[Asked] = []
    while len(found) < EACH:
        new = chance.choice(starts) + chance.choice(ends)
        name = chance.choice([new, chance.choice(surnames)]), chance.choice(forenames)
        if name not in taken:
            day = chance.randrange(date(1955, 1, 1).toordinal(), date(2004, 1, 1).toordinal())
            born = date.fromordinal(day) if len(found) % 2 else None
            found.append(Asked(*name, born))
    return found
