# Draws strings in their places with the devices pdf and cairo_pdf: `draw.R KIND INPUT FONT OUT`.
args <- commandArgs(TRUE)
placed <- read.delim(args[2], header = FALSE, quote = "", encoding = "UTF-8", colClasses = "character")
size <- c(595, 842) / 72
if (args[1] == "r-cairo") {
  cairo_pdf(args[4], width = size[1], height = size[2], onefile = TRUE, family = "DejaVu Serif", pointsize = 10)
} else {
  pdf(args[4], width = size[1], height = size[2], family = "Times", pointsize = 10)
}
for (page in unique(placed$V1)) {
  here <- placed[placed$V1 == page, ]
  par(mar = c(0, 0, 0, 0), xaxs = "i", yaxs = "i")
  plot(c(0, 595), c(0, 842), type = "n", axes = FALSE, ann = FALSE)
  text(as.numeric(here$V2), 842 - as.numeric(here$V3), here$V6, adj = c(0, 0), cex = as.numeric(here$V4) / 10)
}
invisible(dev.off())
