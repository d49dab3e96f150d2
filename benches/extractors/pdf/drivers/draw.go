// Draws strings in their places with gofpdf or gopdf: `draw KIND INPUT FONT OUT`.
package main

import (
	"os"
	"strconv"
	"strings"

	"github.com/go-pdf/fpdf"
	"github.com/signintech/gopdf"
)

func main() {
	kind, input, font, out := os.Args[1], os.Args[2], os.Args[3], os.Args[4]
	data, err := os.ReadFile(input)
	check(err)
	first := fpdf.New("P", "pt", "A4", "")
	bytes, err := os.ReadFile(font)
	check(err)
	first.AddUTF8FontFromBytes("own", "", bytes)
	second := gopdf.GoPdf{}
	second.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
	check(second.AddTTFFont("own", font))
	last := ""
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		cells := strings.SplitN(line, "\t", 6)
		x, _ := strconv.ParseFloat(cells[1], 64)
		y, _ := strconv.ParseFloat(cells[2], 64)
		size, _ := strconv.ParseFloat(cells[3], 64)
		if kind == "gofpdf" {
			if cells[0] != last {
				first.AddPage()
			}
			first.SetFont("own", "", size)
			first.Text(x, y, cells[5])
		} else {
			if cells[0] != last {
				second.AddPage()
			}
			check(second.SetFont("own", "", size))
			second.SetXY(x, y-size)
			check(second.Text(cells[5]))
		}
		last = cells[0]
	}
	if kind == "gofpdf" {
		check(first.OutputFileAndClose(out))
	} else {
		check(second.WritePdf(out))
	}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
