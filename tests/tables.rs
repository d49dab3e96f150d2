//! Tables: the number in a note against the cell in its row and under its header.

mod support;

use support::findings::check;

const ORCHARDS: &str = "
//- sources/harvest.html
<h1>Fruit harvest of the Lower Isles</h1>
<p>Crates packed by growers on each island, and the orchards that were counted in spring.</p>
<table>
<tr><th>Island</th><th>Crates packed 2021</th><th>Crates packed 2022</th><th>Orchards</th></tr>
<tr><td>Great Tern</td><td>14,210</td><td>15,960</td><td>118</td></tr>
<tr><td>Little Tern</td><td>9,430</td><td>7,880</td><td>84</td></tr>
<tr><td>Fulmar</td><td>6,150</td><td>6,720</td><td>97</td></tr>
<tr><td>All</td><td>29,790</td><td>30,560</td><td>299</td></tr>
</table>
<p>Hail damaged a part of the crop on Little Tern.</p>
";

const LIBRARIES: &str = "
//- sources/libraries.md
# Public libraries of Ossory

| Branch | Loans | Visitors (thousands) | Staff |
|---|---|---|---|
| Mill Lane | 48,200 | 61 | 14 |
| Castle Hill | 39,700 | 72 | 11 |
| Riverside | 52,900 | 44 | 17 |
| Total | 140,800 | 177 | 42 |
";

#[test]
fn rows_of_a_note_are_compared_by_row_and_column() {
    check(
        ORCHARDS,
        "\
| Island | Packed in 2022 | Packed in 2021 |
|---|---|---|
| Great Tern | 15,960 | 14,210 |
| Little Tern | 9,430 | 7,880 |
                ^^^^^ number-conflict
                        ^^^^^ number-conflict
| Fulmar | 6,720 | 6,510 |
                   ^^^^^ number-conflict
",
    );
    check(
        LIBRARIES,
        "\
| Branch | Staff | Loans |
|---|---|---|
| Riverside | 17 | 52,900 |
| Mill Lane | 14 | 39,700 |
                   ^^^^^^ number-conflict
| Castle Hill | 17 | 39,700 |
                ^^ number-conflict
",
    );
}

#[test]
fn a_label_may_name_row_and_column_at_once() {
    check(
        LIBRARIES,
        "\
| Item | Value |
|---|---|
| Loans, Castle Hill | 39,700 |
| Loans, all branches | 140,800 |
| Staff, Riverside | 11 |
                     ^^ number-conflict
",
    );
}

#[test]
fn prose_is_compared_by_row_and_column() {
    check(
        ORCHARDS,
        "\
Fulmar has 97 orchards.
Fulmar has 84 orchards.
           ^^ number-conflict
Great Tern packed 15,960 crates in 2022.
Great Tern packed 14,210 crates in 2022.
                  ^^^^^^ number-conflict
",
    );
    check(
        LIBRARIES,
        "\
Castle Hill had 72,000 visitors.
Castle Hill had 61,000 visitors.
                ^^^^^^ number-conflict
Mill Lane has more than 45,000 loans.
Loans were 48,200 in Mill Lane and 39,700 in Castle Hill.
The loans of Mill Lane were 39,700 and those of Castle Hill 48,200.
                            ^^^^^^ number-conflict
                                                            ^^^^^^ number-conflict
Mill Lane has 14 staff and 48,200 loans.
Mill Lane has 17 staff and 48,200 loans.
              ^^ number-conflict
",
    );
}

#[test]
fn the_extreme_of_a_column_is_known() {
    check(
        LIBRARIES,
        "\
Castle Hill has the most visitors.
Riverside has the most visitors.
^^^^^^^^^ name-conflict
Riverside had the fewest visitors of the three branches.
Castle Hill has the fewest staff of the three branches.
Mill Lane has the fewest staff of the three branches.
^^^^^^^^^ name-conflict
",
    );
}

#[test]
fn what_two_columns_could_answer_is_no_conflict() {
    check(
        ORCHARDS,
        "\
Little Tern packed 9,430 crates.
Little Tern packed 7,880 crates.
",
    );
}

const COUNCIL: &str = "
//- sources/council.html
<h1>Council of Wend</h1>
<p>The council was elected on Sunday.</p>
<table>
<tr><th>List</th><th>Seats 2022</th><th>Seats before</th></tr>
<tr><td>Mill Party</td><td>21</td><td>18</td></tr>
<tr><td>Free Anglers</td><td>14</td><td>16</td></tr>
<tr><td>Other lists</td><td>5</td><td>6</td></tr>
</table>
";

#[test]
fn a_change_is_the_difference_of_two_columns() {
    check(
        COUNCIL,
        "\
The Mill Party gained three seats. The Free Anglers lost two seats. The smaller lists lost one seat.

The Free Anglers lost two seats in the harbour ward. The Free Anglers have 14 seats.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[unsupported-claim]

The Mill Party gained five seats.
                      ^^^^ number-conflict

The Free Anglers kept their mayor but gained two seats.
                                      ^^^^^^ contradicted-claim
",
    );
}
