<?php
// Draws strings in their places with TCPDF: `draw.php KIND INPUT FONT OUT`.
require_once 'tcpdf/tcpdf.php';
[, , $input, , $out] = $argv;
$document = new TCPDF('P', 'pt', 'A4', true, 'UTF-8');
$document->setPrintHeader(false);
$document->setPrintFooter(false);
$document->setAutoPageBreak(false);
$last = 0;
foreach (file($input, FILE_IGNORE_NEW_LINES) as $line) {
    [$page, $x, $y, $size, $bold, $text] = explode("\t", $line, 6);
    if ($page != $last) $document->AddPage();
    $last = $page;
    $document->SetFont('freeserif', '', (float)$size);
    $document->Text((float)$x, $y - $size, $text);
}
$document->Output($out, 'F');
