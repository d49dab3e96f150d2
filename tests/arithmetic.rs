//! Plain arithmetic: what the sources leave to be calculated is not called wrong.

mod support;

use support::findings::check;

const FERRY: &str = "
//- sources/2031-06-02_ferry_report.md
# The ferries of Lake Orrin

The ferries carried 48,000 passengers in the spring of 2031, up from 40,000 a year earlier. The fare for a bicycle rose from 5 crowns to 7 crowns.

The company owns three steamers and four motor boats. In 18 of the 24 landing places the waiting room was repaired.

Of every complaint 9.5 per cent concerned delays, against 12 per cent in the year before.

The council paid 15,000 crowns for a jetty in Holm, 22,000 crowns for a jetty in Vane and 8,000 crowns for a lamp.

A strike would cost the company 12,000 crowns a day, the director said.
";

#[test]
fn right_calculations_are_left_alone() {
    check(
        FERRY,
        "\
The number of passengers of the ferries rose by 8,000 in the spring of 2031.
The ferries carried 20 per cent more passengers than a year earlier.
The fare for a bicycle rose by 2 crowns.
In three quarters of the landing places the waiting room was repaired.
The share of complaints that concerned delays fell by 2.5 percentage points.
The council paid 45,000 crowns for the jetties and the lamp in all.
A strike of the company would come to 60,000 crowns for five days.
",
    );
}

#[test]
fn what_only_one_calculation_can_answer_may_be_wrong() {
    check(
        FERRY,
        "\
In a third of the landing places the waiting room was repaired.
   ^^^^^^^ number-conflict
The fare for a bicycle rose by 100 per cent.
                               ^^^^^^^^^^^^ number-conflict
",
    );
}

#[test]
fn without_a_word_for_it_nothing_is_calculated() {
    check(
        FERRY,
        "\
The council paid 45,000 crowns for a jetty in Holm.
                 ^^^^^^ number-conflict
",
    );
}
