"""The documents that every producer sets: invented, in blocks, so that each producer writes them its own way.

A document is a list of `(kind, content)`: `head`, `text` and `list` have a string, `table` has rows of cells, `note` and
`caption` a string set small. In strings `*word*` is bold, `_word_` italic and `^th^` raised. `LATIN` are the documents
that a font with Latin letters can set, `COLUMNS_OF` in how many columns a document is set.
"""

REPORT = [
    ("head", "Annual report of the Harbour Office of Velsk"),
    ("text", "The office first opened its files in 1987. Its officers affirm that the flow of freight through the five "
             "basins was sufficient, and that no traffic was shuffled between the *northern offices* and the _southern "
             "flats_ without notice. In all, 1,100 vessels were counted, with a cargo of 2.5 million tonnes."),
    ("text", "Of these, 417 came under a foreign flag; 63.4 % carried grain, 21.9 % fertiliser and the rest finished "
             "goods. A co-operative of dockers, well-known for its long-term contracts, took over the warehouses at "
             "Kessel Quay (built 1903–1911) for €4,250,000, which is about 12½ per cent of the budget."),
    ("head", "Difficult winters"),
    ("text", "The winter was difficult: on 14 February the ice was 38 cm thick, and the ferry to Brück, Ålesund and "
             "São Tomé Point stayed in port. “We could not float a raft,” said the pilot, Zoë Müller-Håkansson, “let "
             "alone a coffee-barge.” Her façade of calm was naïve, the Ombudsman’s dossier says; café owners lost "
             "£18,300 in three weeks."),
    ("text", "Figures were revised twice. The first revision, of 3 March, put the loss at 7,340 crowns; the second, of "
             "19 May, at 9,215. Nothing was said of the shelf of unclassified letters that the staff had found behind "
             "the office stove, although these were profitable to the affluent fishermen of the reef."),
    ("note", "1 The Harbour Office has kept its ledgers since 1871; those of 1919 to 1924 were lost in a fire."),
] + [
    ("text", f"Paragraph {number} of the annex: the {craft} of {owner} was inspected at berth {berth} and found "
             f"{state}. The surveyor noted {count} defects, of which {count // 3} were mended before the eighth of "
             f"the month, and sent the certificate No. {4000 + 37 * number} to the registry.")
    for number, craft, owner, berth, state, count in [
        (1, "ketch Morning Lark", "Odile Fairweather", "A-12", "seaworthy", 9),
        (2, "tug Steadfast", "the Griffin Towing Firm", "B-3", "unfit for the open sea", 31),
        (3, "ferry Queen of Ruffle", "the municipality", "C-7", "fit, with reservations", 14),
        (4, "dredger Halfdan", "Iversen & Daughters Ltd", "D-1", "overdue for its five-year survey", 22),
        (5, "lightship Firefly", "the Pilots’ Brotherhood", "A-4", "in excellent order", 3),
        (6, "barge Wafer", "Cliff & Flint", "F-9", "sunk", 57),
    ]
]

TABLE = [
    ("head", "Traffic by port and year"),
    ("text", "The table gives tonnes of cargo, in thousands. Figures in brackets are estimates."),
    ("table", [["Port", "2019", "2020", "2021", "Change"]] + [
        [port, f"{a:,}", f"{b:,}", f"({c:,})", f"{100 * (c - a) / a:+.1f} %"]
        for port, a, b, c in [
            ("Velsk", 1100, 1242, 1310), ("Orrin", 870, 655, 702), ("Hollin Weir", 12450, 11980, 13007),
            ("Brackwater", 3301, 3299, 3410), ("Fifth Basin", 77, 81, 64), ("Saint Afra", 540, 512, 498),
            ("Kessel Quay", 2090, 2150, 2234), ("Port Ansel", 9015, 8777, 9120),
        ]
    ]),
    ("text", "Orrin lost a quarter of its traffic when the lock was closed; Port Ansel gained from it, but less than "
             "the board had hoped. The total of all ports rose by 3.1 per cent, to 30.3 million tonnes."),
    ("note", "Source: returns of the ports. Rounding may affect the sums."),
]

_SENTENCES = [
    "The committee met in the customs house on a wet afternoon and heard eleven witnesses before supper.",
    "A retired lamplighter described how the signal mast had been painted twice, once in red and once in white.",
    "Nobody could explain why the insurance had been cancelled five days before the warehouse collapsed.",
    "The minutes record a lengthy disagreement over the translation of the agreement and its two appendices.",
    "According to the engineer, the foundations were sufficient for a building of half the height.",
    "Her deputy, by contrast, blamed an unusually high tide and the negligence of the previous contractor.",
    "Compensation was offered to thirty-four families, of whom twenty-nine accepted it in writing.",
    "The remaining households have taken their complaint to the regional court, which sits in October.",
    "Meanwhile the quay is closed to the public, and the fish market has moved to the tramway depot.",
    "A further inquiry will examine the correspondence between the ministry and the shipping company.",
    "Its findings are expected before the end of the financial year, though few believe in that date.",
    "The mayor declined to comment, but a spokeswoman said that every document had been handed over.",
]

COLUMNS = [("head", "Minutes of the inquiry")] + [
    ("text", " ".join(_SENTENCES[(3 * number + at) % len(_SENTENCES)] for at in range(5)) + f" This was item {number + 1}.")
    for number in range(9)
]

LANGUAGES = [
    ("head", "Letters from abroad"),
    ("text", "Ο λιμένας της Βέλσκης άνοιξε το 1987 και δέχτηκε 1.100 πλοία με φορτίο 2,5 εκατομμυρίων τόνων."),
    ("text", "Порт Вельска открылся в 1987 году и принял 1100 судов; объём груза составил 2,5 миллиона тонн. "
             "Съёмка причала показала трещины длиной 38 см."),
    ("text", "Přístav byl otevřen roku 1987; žluťoučký kůň úpěl ďábelské ódy. Zażółć gęślą jaźń: łódź była pęknięta. "
             "Az árvíztűrő tükörfúrógép őrzése hűvös délután történt. Iğdır limanında çalışan şoförler geldi."),
    ("text", "Der Hafenmeister grüßte höflich; die Straße zum Kai war gesperrt. L’été dernier, le cœur de l’île a brûlé."),
]

RIGHT_TO_LEFT = [
    ("head", "נמל ולסק"),
    ("text", "הנמל נפתח בשנת 1987 וקיבל 1,100 אוניות עם מטען של 2.5 מיליון טון. הפקידים אמרו כי החורף היה קשה מאוד."),
    ("text", "افتتح الميناء سنة 1987 واستقبل السفن من كل البلاد. قال المدير إن الشتاء كان صعبا جدا."),
]

CJK = [
    ("head", "港湾年報"),
    ("text", "港は1987年に開かれ、1100隻の船を迎えた。貨物は250万トンであった。"),
    ("text", "冬は厳しく、二月十四日には氷の厚さが38センチに達し、渡し船は港にとどまった。"),
    ("text", "局長は「筏さえ浮かべられなかった」と語り、報告書は三月に公表された。"),
]

PAPER = [
    ("head", "1 Silt and the second quay"),
    ("text", "On the 19^th^ of May 1987 the Harbour Office opened its second quay. Within three years the basin in front of "
             "it had lost 42 cm of depth, a rate four times that of the first quay, which lies in the lee of the old "
             "fortification and was never dredged between its completion and the beginning of this study."),
    ("text", "We measured the depth at 118 stations from a flat-bottomed barge, with a lead line in the first season and "
             "an echo sounder afterwards. The difference between the two methods, 1.4 cm on average, is smaller than "
             "the effect that we describe. *Offshore stations* were visited twice in each season."),
    ("list", "The northern transect has 40 stations, of which five were lost in the spring floods."),
    ("list", "The southern transect has 60 stations at intervals of 25 metres."),
    ("list", "The remaining stations lie in the fairway and were sounded only at slack water."),
    ("caption", "Figure 1: Depth of the basin in front of the second quay, from 1987 to 1993."),
    ("text", "The loss is not uniform. Stations within 50 m of the wall lost between 61 and 77 cm, whereas those beyond "
             "the buoys hardly changed. This pattern is what one would expect if the flow were deflected by the wall "
             "itself, as suggested by the engineers of the contractor in their confidential letter of 1986."),
    ("head", "2 Where the silt comes from"),
    ("text", "Samples were taken in the 2^nd^ and 3^rd^ years. The silt has the same minerals as the cliffs of Skarn, "
             "32 km to the north, and contains fragments of the brickwork of the fortification. We therefore believe "
             "that about two thirds of it come from the coast and one third from the foundations of the quay, a "
             "proportion that agrees with the volume missing from those foundations in the survey of 1992."),
    ("text", "An alternative explanation would be the river. Its sediment load is known from the waterworks upstream, "
             "which filter 11 million cubic metres each year; but the filters caught nothing like the brown mica that "
             "makes up a fifth of our samples. Nor did the river carry brick in any of the years in question."),
    ("caption", "Table 1: Minerals in the samples, by transect and season, in per cent of the dry mass."),
    ("text", "It follows that dredging alone will not help. As long as the foundations are washed out, what is taken "
             "from the basin comes back, and the wall becomes weaker with every cubic metre that is removed before it. "
             "The authority was told so in 1990, in 1991 and again in the winter of the collapse."),
    ("note", "2 We are grateful to the crew of the barge Wafer, who lent us their kitchen as a laboratory."),
]

WRAPPED = [
    ("head", "Recommendations and what became of them"),
    ("table", [["Recommendation", "Answer of the ministry", "State at the end of the year"],
               ["The wall should be underpinned before the autumn storms begin",
                "Accepted, provided that the province pays its share of the costs",
                "Work has started on the northern half and goes on through the winter"],
               ["No vessel above 400 tonnes should use the second quay",
                "Rejected as an unnecessary burden for the fertiliser trade",
                "Two vessels of more than 600 tonnes were seen there in November"],
               ["The soundings should be repeated in each season and published",
                "Accepted in principle, without any money for the purpose",
                "One sounding was made by volunteers and has not been published"],
               ["The archive of the contractor should be seized and catalogued",
                "Referred to the public prosecutor in the provincial capital",
                "The archive was flooded before anybody had looked at it"]]),
    ("text", "The ministry did not answer our letters about the remaining recommendations."),
]

VERTICAL = CJK

DOCUMENTS = {
    "report": REPORT, "table": TABLE, "columns": COLUMNS, "languages": LANGUAGES, "rtl": RIGHT_TO_LEFT, "cjk": CJK,
    "paper": PAPER, "wrapped": WRAPPED, "vertical": VERTICAL, "numbered": REPORT,
}
COLUMNS_OF = {"columns": [2, 3], "paper": [2]}
LATIN = ["report", "table", "columns", "paper"]
