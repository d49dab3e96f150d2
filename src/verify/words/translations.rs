//! Words of other languages: what common words of news and reports are in Spanish, French and
//! German.
//!
//! A small curated table. It is looked into for sources in another language only, where a word
//! found through it counts like one of nearly the same meaning. It bears claims out; nothing is
//! held against a claim by it alone.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::words::{Term, term};

/// Words of other languages for an English one.
#[must_use]
pub fn translations(word: Term) -> &'static [Term] {
    static TABLE: LazyLock<FxHashMap<Term, Vec<Term>>> = LazyLock::new(table);
    TABLE.get(&word).map_or(&[], Vec::as_slice)
}

fn table() -> FxHashMap<Term, Vec<Term>> {
    let mut found: FxHashMap<Term, Vec<Term>> = FxHashMap::default();
    for (english, others) in WORDS.iter().filter_map(|line| line.split_once(':')) {
        for word in english.split(' ') {
            let list = found.entry(term(word)).or_default();
            list.extend(others.split_whitespace().map(term));
            list.sort_unstable();
            list.dedup();
        }
    }
    found
}

/// English words, and behind the colon those of the other languages, in the forms in which they
/// are used.
const WORDS: &[&str] = &[
    "accident crash: accidente accident unfall",
    "accuse: acusa acusó accuse accusé beschuldigt wirft",
    "agreement deal: acuerdo accord abkommen vereinbarung",
    "aid help: ayuda aide hilfe",
    "airport: aeropuerto aéroport flughafen",
    "announce: anunció anuncia anunciado annonce annoncé kündigte angekündigt",
    "answer reply respond: respondió respuesta réponse répondu antwort antwortete",
    "appeal: recurso apelación appel berufung",
    "army: ejército armée armee heer",
    "arrest detain: detenido detenidos detuvo arrestado arrêté arrêtés festgenommen verhaftet",
    "ask demand request: pidió pide pidieron pedido piden demande demandé fordert forderte bat",
    "attack: ataque atacó attaque angriff anschlag",
    "ballot: papeleta papeletas bulletin bulletins stimmzettel",
    "bank: banco banque bank",
    "begin start: empezó comenzó comienza commencé débute begann beginnt beginn",
    "bridge: puente pont brücke",
    "build: construir construyó construido construire construit bauen gebaut",
    "car vehicle: coche vehículo coches voiture véhicule auto fahrzeug",
    "child: niño niños niña enfant enfants kind kinder",
    "citizen: ciudadano ciudadanos citoyen citoyens bürger",
    "city town: ciudad ville stadt",
    "claim complaint: reclamación reclamaciones denuncia plainte plaintes beschwerde beschwerden",
    "close: cerró cerrado cierre fermé fermeture geschlossen schließung",
    "company firm: empresa compañía entreprise société firma unternehmen",
    "confirm: confirmó confirma confirmado confirme confirmé bestätigt bestätigte",
    "cost: costo coste costos coût coûts kosten",
    "council: consejo conseil rat",
    "country nation: país países pays land länder",
    "court tribunal: tribunal corte cour gericht",
    "damage: daños daño dégâts dommages schaden schäden",
    "day: día días jour jours tag tage",
    "death die dead: muerte murió muertos muerto mort morts décès tod starb tote gestorben",
    "debt: deuda dette schulden",
    "decide decision: decidió decide decisión décision décidé entscheidung entschied",
    "delay late: retraso retrasos tarde retard retards verspätung verzögerung verspätet",
    "demonstration protest: protesta manifestación manifestation demonstration protest proteste",
    "deny: negó niega desmintió nie démenti bestreitet dementierte",
    "disappear vanish: desapareció desaparecieron desaparecido disparu verschwunden verschwand",
    "district: distrito distritos district bezirk bezirke",
    "doctor: médico médicos médecin médecins arzt ärzte",
    "driver: conductor conductores chófer chauffeur chauffeurs conducteur fahrer",
    "east: este est osten",
    "election: elección elecciones élection élections wahl wahlen",
    "employee worker: empleado empleados trabajador trabajadores employé employés travailleurs mitarbeiter arbeiter",
    "end finish: terminó termine fin final terminé ende endete beendet",
    "energy power: energía énergie energie strom",
    "engineer: ingeniero ingenieros ingénieur ingénieurs ingenieur ingenieure",
    "expect: espera esperan esperaba attend attendu erwartet erwarten",
    "explain: explicar explicó explique explica expliquer expliqué erklären erklärt erklärte",
    "fail failure: fallo falló panne échec échoué ausfall versagte",
    "family: familia familias famille familles familie familien",
    "fire: incendio fuego incendie feu brand feuer",
    "flood: inundación inundaciones inondation inondations überschwemmung hochwasser",
    "fraud: fraude fraude betrug",
    "government: gobierno gouvernement regierung",
    "group: grupo groupe gruppe",
    "harbour port: puerto port hafen",
    "haulage transport carrier: transporte transport transports transportes spedition",
    "head leader chief: jefe jefa dirigente líder presidenta presidente chef dirigeant leiter leiterin",
    "health: salud sanidad santé gesundheit",
    "hospital: hospital hôpital krankenhaus klinik",
    "hour: hora horas heure heures stunde stunden",
    "house home: casa casas maison maisons haus häuser",
    "independent: independiente indépendant unabhängig",
    "injure wound: herido heridos blessé blessés verletzt verletzte",
    "inquiry investigation: investigación enquête untersuchung ermittlung ermittlungen",
    "insufficient: insuficiente insuffisant unzureichend",
    "insurance insurer: seguro aseguradora assurance assureur versicherung versicherer",
    "intention: intención intention absicht",
    "island: isla islas île îles insel inseln",
    "judge: juez jueza juge richter richterin",
    "keep retain: conservó mantiene mantuvo mantendrá garde conservé behielt behält",
    "law: ley loi gesetz",
    "lawyer: abogado abogada avocat avocate anwalt anwältin",
    "leave: salió abandonó quitté parti verließ verlassen",
    "letter: carta lettre brief",
    "lose: perdió perdieron pierde perder perdu perd verlor verloren verliert",
    "machine: máquina máquinas machine machines maschine maschinen",
    "majority: mayoría majorité mehrheit",
    "market: mercado marché markt",
    "mayor: alcalde alcaldesa maire bürgermeister bürgermeisterin",
    "measure: medida medidas mesure mesures maßnahme maßnahmen",
    "minister ministry: ministro ministra ministerio ministre ministère minister ministerin ministerium",
    "mission: misión mission mission",
    "money: dinero argent geld",
    "month: mes meses mois monat monate",
    "morning: mañana matin morgen",
    "murder: asesinato meurtre mord",
    "neighbour resident: vecino vecinos vecina residentes voisin voisins habitants nachbarn anwohner einwohner",
    "newspaper: periódico diario journal zeitung",
    "night: noche nuit nacht",
    "north northern: norte nord norden nördlich",
    "observer: observador observadores observateur observateurs beobachter",
    "offence crime: delito delitos délit crime straftat verbrechen",
    "office: oficina bureau büro amt",
    "official: funcionario funcionarios fonctionnaire fonctionnaires beamte beamter",
    "open: abrió abre abierto abiertos ouvert ouvre ouverture öffnete geöffnet",
    "opposition: oposición opposition opposition",
    "order: ordenó orden ordonné ordre befehl ordnete",
    "organise organize: organizado organizó organisé organisiert",
    "parliament assembly: parlamento asamblea parlement assemblée parlament versammlung",
    "party: partido partidos parti partis partei parteien",
    "people person: personas persona gente personnes gens personen menschen leute",
    "plan project: plan proyecto projet plan projekt vorhaben",
    "police: policía police polizei",
    "poll polling station: mesa mesas urnas urnes bureaux wahllokal wahllokale",
    "population: población population bevölkerung",
    "president: presidente presidenta président présidente präsident präsidentin",
    "price: precio precios prix preis preise",
    "prison jail: cárcel prisión prison gefängnis",
    "produce production: producción produce production produktion",
    "propose proposal: propuso propuesta proposition vorschlag",
    "publish: publicó publicado publié veröffentlicht",
    "queue line: cola colas queue queues file schlange schlangen",
    "railway train: tren trenes ferrocarril train trains bahn zug züge",
    "rain: lluvia lluvias pluie pluies regen",
    "reason: razón motivo raison grund",
    "refuse reject: rechazó rechaza refusé refuse rejette abgelehnt ablehnte",
    "repeat again rerun: repetir repite repiten repetirá repetición répéter nouveau wiederholen wiederholt wiederholung erneut",
    "report: informe rapport bericht",
    "require need: necesita necesario exige besoin nécessaire braucht nötig",
    "resign: dimitió dimisión renunció démission démissionné zurückgetreten rücktritt",
    "result: resultado resultados résultat résultats ergebnis ergebnisse",
    "return: regresó regresaron regreso retour revenu rückkehr zurückgekehrt",
    "river: río rivière fleuve fluss",
    "road street: carretera calle route rue straße",
    "school: escuela colegio escuelas école écoles schule schulen",
    "seat: escaño escaños siège sièges sitz sitze mandate",
    "secret: secreto secret geheim",
    "security safety: seguridad sécurité sicherheit",
    "send: envió enviado envoyé envoie schickte gesendet",
    "ship vessel: barco buque navire bateau schiff",
    "small: pequeño pequeños pequeña petit petits klein kleine kleinen",
    "soldier: soldado soldados soldat soldats soldaten",
    "south southern: sur sud süden südlich",
    "state: estado estados état états staat staaten",
    "statement declaration: declaración comunicado déclaration communiqué erklärung mitteilung",
    "storm: tormenta tempestad tempête sturm",
    "strike: huelga grève streik",
    "student pupil: estudiante estudiantes alumno alumnos étudiant élève studenten schüler",
    "study: estudio étude studie",
    "suspend: suspendió suspendido suspendu ausgesetzt",
    "tax: impuesto impuestos impôt impôts taxe steuer steuern",
    "teacher: profesor profesores maestro professeur enseignant lehrer lehrerin",
    "trial: juicio proceso procès prozess",
    "union: unión sindicato union syndicat union gewerkschaft",
    "victim: víctima víctimas victime victimes opfer",
    "violence: violencia violence gewalt",
    "vote: voto votos votación votar vote votes scrutin voté stimme stimmen abstimmung",
    "wait: esperan esperar esperaron attendent attendre warten warteten",
    "war: guerra guerre krieg",
    "water: agua eau wasser",
    "weapon: arma armas arme armes waffe waffen",
    "week: semana semanas semaine semaines woche wochen",
    "west: oeste ouest westen",
    "win: ganó gana ganar gagné gagne remporté gewann gewonnen",
    "witness: testigo testigos témoin témoins zeuge zeugen",
    "woman: mujer mujeres femme femmes frau frauen",
    "work job: trabajo travail emploi arbeit",
    "year: año años an ans année années jahr jahre jahren",
    "harvest: cosecha récolte ernte",
    "front: frente front",
    "central: central zentral",
    "coast coastal: costa costera litoral litorales côte littoral küste",
    "final: final finale endgültig",
    "visit: visitó visita visité visite besuchte besuch",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_the_forms_in_which_they_are_used() {
        assert!(translations(term("drivers")).contains(&term("conductores")));
        assert!(translations(term("elections")).contains(&term("Wahlen")));
        assert!(translations(term("late")).contains(&term("retards")));
        assert!(translations(term("crane")).is_empty());
    }
}
