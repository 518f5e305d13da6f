package dev.belfry.delivery.suppression;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import org.springframework.web.util.HtmlUtils;

import dev.belfry.delivery.suppression.UnsubscribeTokens.Unsubscription;
import dev.belfry.values.OneLine;

/** The pages behind the link at the end of an e-mail. They load nothing. */
final class UnsubscribePages {

	private static final String STYLE = """
			:root { color-scheme: light dark; }
			body { max-width: 34rem; margin: 12vh auto; padding: 0 1.25rem;
			  font: 1.05rem/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
			h1 { font-size: 1.5rem; line-height: 1.3; }
			label { display: block; margin: .6rem 0; }
			button { margin-top: 1rem; padding: .6rem 1.4rem; font: inherit; }
			""";

	/** Only the style above, and a form that leads back here. */
	static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src '" + hash(STYLE)
			+ "'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

	private static final String PAGE = """
			<!DOCTYPE html>
			<html lang="en">
			<head>
			<meta charset="utf-8">
			<meta name="viewport" content="width=device-width, initial-scale=1">
			<meta name="robots" content="noindex">
			<title>%s</title>
			<style>%s</style>
			</head>
			<body>
			<h1>%s</h1>
			%s</body>
			</html>
			""";

	private static final String FORM = """
			<p>They go to <strong>%s</strong>.</p>
			<form method="post">
			<label><input type="radio" name="scope" value="topic" checked> Stop those about: %s</label>
			<label><input type="radio" name="scope" value="all"> Stop all notifications of this account</label>
			<button>Stop</button>
			</form>
			""";

	private static final String STOPPED = """
			<p><strong>%s</strong> gets no more e-mails from this account%s.</p>
			<p>Was that a mistake? Ask the owner of the account: it can be undone in the notification settings.</p>
			""";

	private static final String UNKNOWN = """
			<p>Perhaps only a part of it was copied. Open it from the e-mail itself, or copy it whole.</p>
			<p>Nothing was changed.</p>
			""";

	private static final String TROUBLE = """
			<p>Nothing was changed. Please try again in a minute.</p>
			""";

	private UnsubscribePages() {
	}

	static String question(Unsubscription what) {
		return page("Stop these e-mails?",
				FORM.formatted(escaped(what.maskedAddress()), escaped(what.topic().inWords())));
	}

	static String stopped(Unsubscription what, boolean all) {
		String about = all ? "" : " about: " + escaped(what.topic().inWords());
		return page("Done: these e-mails stop", STOPPED.formatted(escaped(what.maskedAddress()), about));
	}

	static String unknown() {
		return page("This link leads nowhere", UNKNOWN);
	}

	static String trouble() {
		return page("That did not work", TROUBLE);
	}

	private static String page(String title, String content) {
		return PAGE.formatted(title, STYLE, title, content);
	}

	private static String escaped(String text) {
		return HtmlUtils.htmlEscape(OneLine.of(text), "UTF-8");
	}

	private static String hash(String style) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
			return "sha256-" + Base64.getEncoder().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
