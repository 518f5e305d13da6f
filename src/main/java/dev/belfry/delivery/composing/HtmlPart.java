package dev.belfry.delivery.composing;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

import dev.belfry.delivery.composing.MailContent.Fact;
import dev.belfry.delivery.composing.MailContent.Table;
import dev.belfry.values.OneLine;

/**
 * An e-mail as HTML: one column of at most 600 pixels that also fits a phone. It loads
 * nothing and runs nothing. The styles are inline, since many programs drop others; the
 * few that are not make it dark where the reader prefers that.
 */
final class HtmlPart {

	private static final String HEAD = """
			<!DOCTYPE html>
			<html lang="en">
			<head>
			<meta charset="utf-8">
			<meta name="viewport" content="width=device-width, initial-scale=1">
			<meta name="color-scheme" content="light dark">
			<meta name="supported-color-schemes" content="light dark">
			<title>%s</title>
			<style>
			:root { color-scheme: light dark; supported-color-schemes: light dark; }
			@media (prefers-color-scheme: dark) {
			.page, .card { background-color: #1b1d21 !important; color: #e8eaed !important; }
			.quiet { color: #a4a9b1 !important; }
			.line { border-color: #3c4047 !important; }
			}
			</style>
			</head>
			<body class="page" style="margin:0;padding:0;background-color:#ffffff;color:#1f2328">
			<table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0">
			<tr><td align="center" style="padding:24px 16px">
			<table role="presentation" class="card" width="100%%" cellpadding="0" cellspacing="0" border="0" \
			style="max-width:600px;background-color:#ffffff;color:#1f2328">
			<tr><td align="left" style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;\
			font-size:16px;line-height:24px;word-break:break-word;overflow-wrap:anywhere">
			""";

	private static final String FOOT = """
			</td></tr>
			</table>
			</td></tr>
			</table>
			</body>
			</html>
			""";

	private static final String QUIET = "color:#59636e;font-size:13px;line-height:20px";

	/** A label is made of words, of which none is too long for a phone. */
	private static final String LABEL = QUIET + ";word-break:normal;overflow-wrap:normal";

	private static final String LINE = "border-bottom:1px solid #d8dee4";

	/**
	 * Rows of a longer table carry no style of their own: mail programs cut what is
	 * longer than some 100 KB, and with it the link to unsubscribe.
	 */
	private static final int MOST_STYLED = 100;

	private final StringBuilder html = new StringBuilder();

	private HtmlPart() {
	}

	/**
	 * The document.
	 * @param stop the link to unsubscribe, if there is one
	 */
	static String of(StoredEmail email, @Nullable String stop) {
		HtmlPart part = new HtmlPart();
		MailContent content = email.content();
		part.html.append(HEAD.formatted(escaped(content.subject())));
		part.heading("h1", "22px", content.headline());
		content.paragraphs().forEach((paragraph) -> part.paragraph("", paragraph));
		part.facts(content.facts());
		content.tables().forEach(part::table);
		content.notes().forEach((note) -> part.paragraph(QUIET, note));
		part.footer(email, stop);
		return part.html.append(FOOT).toString().replace("\n", "\r\n");
	}

	private void heading(String element, String size, String text) {
		if (!text.isBlank()) {
			add("<%s style=\"margin:0 0 16px;font-size:%s;line-height:1.3;font-weight:600\">%s</%s>", element, size,
					escaped(text), element);
		}
	}

	private void paragraph(String style, String text) {
		String lines = Lines.broken(text).stream().map(HtmlPart::escaped).collect(Collectors.joining("<br>\n"));
		add("<p%s style=\"margin:0 0 16px;%s\">%s</p>", style.isEmpty() ? "" : " class=\"quiet\"", style, lines);
	}

	private void facts(List<Fact> facts) {
		if (!facts.isEmpty()) {
			open(0);
			facts.forEach((fact) -> add("<tr><th class=\"quiet line\" align=\"left\" valign=\"top\" scope=\"row\" "
					+ "style=\"padding:8px 16px 8px 0;font-weight:normal;%s;%s\">%s</th>"
					+ "<td class=\"line\" align=\"left\" valign=\"top\" style=\"padding:8px 0;%s\">%s</td></tr>", LABEL,
					LINE, escaped(fact.label()), LINE, escaped(fact.value())));
			close();
		}
	}

	private void table(Table table) {
		boolean[] numbers = NumericColumns.columns(table);
		boolean plain = table.rows().size() > MOST_STYLED;
		heading("h2", "17px", table.title());
		open(plain ? 4 : 0);
		this.html.append("<tr>");
		for (int column = 0; column < table.columns().size(); column++) {
			cell("th", LABEL, table.columns().get(column), numbers[column]);
		}
		this.html.append("</tr>\n");
		table.rows().forEach((row) -> row(row, numbers, plain));
		close();
		if (table.leftOut() > 0) {
			paragraph(QUIET, FooterTexts.leftOut(table));
		}
	}

	private void row(List<String> row, boolean[] numbers, boolean plain) {
		this.html.append("<tr>");
		for (int column = 0; column < Math.min(row.size(), numbers.length); column++) {
			if (plain) {
				add("<td%s>%s</td>", numbers[column] ? " align=\"right\"" : "", escaped(row.get(column)));
			}
			else {
				cell("td", "", row.get(column), numbers[column]);
			}
		}
		this.html.append("</tr>\n");
	}

	private void cell(String element, String style, String text, boolean right) {
		add("<%s class=\"%s\" align=\"%s\" valign=\"top\" style=\"padding:8px 12px 8px 0;%s;%s\">%s</%s>", element,
				style.isEmpty() ? "line" : "quiet line", right ? "right" : "left", LINE, style, escaped(text), element);
	}

	private void open(int padding) {
		add("<table width=\"100%%\" cellpadding=\"" + padding + "\" cellspacing=\"0\" border=\"0\" "
				+ "style=\"margin:0 0 24px;border-collapse:collapse;font-size:15px;line-height:22px\">");
	}

	private void close() {
		add("</table>");
	}

	private void footer(StoredEmail email, @Nullable String stop) {
		String how = (stop != null) ? "<a class=\"quiet\" href=\"%s\" style=\"color:#59636e\">%s</a>"
			.formatted(escaped(stop), escaped(FooterTexts.stopLink())) : escaped(FooterTexts.ask(email));
		add("<p class=\"quiet\" style=\"margin:32px 0 0;%s\">%s<br>%s</p>", QUIET, escaped(FooterTexts.why(email)),
				how);
	}

	private void add(String template, Object... values) {
		this.html.append(template.formatted(values)).append("\n");
	}

	private static String escaped(String text) {
		return HtmlUtils.htmlEscape(OneLine.of(text), "UTF-8");
	}

}
