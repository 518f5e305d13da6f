package dev.belfry.templates;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.EventType;
import dev.belfry.catalog.types.Formats;
import dev.belfry.input.InputErrors;
import dev.belfry.input.TextProblem;
import dev.belfry.values.OneLine;
import dev.belfry.values.Steps;

/**
 * What the e-mails of an alert say: subject and body in a subset of Mustache (variables,
 * sections, inverted sections, comments) over the fields of one event type.
 * <p>
 * <code>{{order.total}}</code> is written as the account reads it,
 * <code>{{order.total.raw}}</code> as the payload has it. A section over a list is
 * written for each item, and within it the item's fields come before the event's. A
 * section over any other field is written if the event has it and it is neither false nor
 * blank. Nothing is escaped: the text is plain.
 */
public final class Template {

	/** In characters (Unicode code points). */
	public static final int LONGEST_SUBJECT = 250;

	/** In characters (Unicode code points). */
	public static final int LONGEST_BODY = 20_000;

	/** How many sections may be nested. */
	public static final int MOST_NESTED = 10;

	/**
	 * How much one rendering may do: a step is a piece of the template that is looked at,
	 * or an item of a list; a value that is there takes ten.
	 */
	public static final int MOST_STEPS = 50_000;

	/** How much one rendering may write, subject and body together, in UTF-8. */
	public static final int MOST_BYTES = 64 * 1024;

	private static final Pattern LINE_BREAK = Pattern.compile("\\R");

	private final EventType type;

	private final @Nullable Reference currency;

	private final List<Piece> subject;

	private final List<Piece> body;

	private Template(EventType type, List<Piece> subject, List<Piece> body) {
		this.type = type;
		this.currency = Reference.currencyOf(type);
		this.subject = subject;
		this.body = body;
	}

	/**
	 * Reads a template.
	 * @param errors at what has subject and body
	 * @return null if there are errors
	 */
	public static @Nullable Template read(EventType type, String subject, String body, InputErrors errors) {
		Template template = new Template(type,
				errors.at("subject").capped("text", (within) -> subject(type, subject, within)),
				errors.at("body").capped("text", (within) -> pieces(type, body, LONGEST_BODY, within)));
		return errors.isEmpty() ? template : null;
	}

	private static List<Piece> subject(EventType type, String source, InputErrors errors) {
		Matcher lineBreak = LINE_BREAK.matcher(source);
		if (lineBreak.find()) {
			new TemplateErrors(source, errors).add(lineBreak.start(), () -> "A subject is a single line.");
		}
		return pieces(type, source, LONGEST_SUBJECT, errors);
	}

	private static List<Piece> pieces(EventType type, String source, int longest, InputErrors errors) {
		TextProblem problem = TextProblem.of(source, longest);
		errors.add(problem);
		return (problem != null) ? List.of()
				: new TemplateReader(type, source, new TemplateErrors(source, errors)).read();
	}

	/**
	 * The words for an event of the template's type.
	 * @param payload as {@link dev.belfry.values.JsonValues} has it
	 * @throws TemplateFailure if this event makes them too long or too costly
	 */
	public Rendered render(Map<String, @Nullable Object> payload, Formats formats) {
		return render(payload, formats, new Steps());
	}

	/**
	 * The same.
	 * @param steps counts what it takes
	 */
	public Rendered render(Map<String, @Nullable Object> payload, Formats formats, Steps steps) {
		Renderer renderer = new Renderer(this.currency, payload, formats, Budget.ofTenants(steps));
		String written = OneLine.cut(OneLine.of(renderer.write(this.subject)), Rendered.LONGEST_SUBJECT);
		return new Rendered(written.isEmpty() ? this.type.title() : written, renderer.write(this.body));
	}

}
