/* Draws strings in their places with libharu, in Windows' Latin letters: `draw KIND INPUT FONT OUT`. */
#include <hpdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int count, char **args) {
    if (count < 5) return 2;
    FILE *input = fopen(args[2], "r");
    HPDF_Doc document = HPDF_New(NULL, NULL);
    if (!input || !document) return 1;
    HPDF_SetCompressionMode(document, HPDF_COMP_ALL);
    HPDF_Font font = HPDF_GetFont(document, "Times-Roman", "CP1252");
    HPDF_Page sheet = NULL;
    char line[4096];
    int last = 0;
    while (fgets(line, sizeof line, input)) {
        char *cells[6] = {line};
        for (int at = 1; at < 6; at++) {
            cells[at] = strchr(cells[at - 1], '\t');
            if (!cells[at]) return 1;
            *cells[at]++ = 0;
        }
        cells[5][strcspn(cells[5], "\n")] = 0;
        if (atoi(cells[0]) != last) {
            sheet = HPDF_AddPage(document);
            HPDF_Page_SetWidth(sheet, 595);
            HPDF_Page_SetHeight(sheet, 842);
            last = atoi(cells[0]);
        }
        HPDF_Page_BeginText(sheet);
        HPDF_Page_SetFontAndSize(sheet, font, atof(cells[3]));
        HPDF_Page_TextOut(sheet, atof(cells[1]), 842 - atof(cells[2]), cells[5]);
        HPDF_Page_EndText(sheet);
    }
    return HPDF_SaveToFile(document, args[4]) == HPDF_OK ? 0 : 1;
}
