# Draws strings in their places with PDF::API2: `draw.pl KIND INPUT FONT OUT`.
use strict;
use warnings;
use PDF::API2;

my ($kind, $input, $path, $out) = @ARGV;
my $document = PDF::API2->new();
my $font = $document->ttfont($path);
my ($last, $text) = (0);
open my $lines, '<:utf8', $input or die;
while (<$lines>) {
    chomp;
    my ($page, $x, $y, $size, $bold, $string) = split /\t/, $_, 6;
    if ($page != $last) {
        my $sheet = $document->page();
        $sheet->mediabox(595, 842);
        $text = $sheet->text();
        $last = $page;
    }
    $text->font($font, $size);
    $text->translate($x, 842 - $y);
    $text->text($string);
}
$document->saveas($out);
