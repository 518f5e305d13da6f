package dev.belfry.alerts.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.EventType;
import dev.belfry.catalog.Formats;
import dev.belfry.platform.OneLine;
import dev.belfry.platform.Place;
import dev.belfry.platform.TextProblem;
import dev.belfry.platform.UserError;

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

	/** How many sections may stand within each other. */
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
	 * Reads a template, or says all that is wrong with it.
	 * @param path where subject and body stand in the input
	 */
	public static Reading read(EventType type, String subject, String body, List<String> path) {
		Place place = Place.of(path);
		TextFaults inSubject = new TextFaults(subject, place.then("subject"));
		TextFaults inBody = new TextFaults(body, place.then("body"));
		Matcher lineBreak = LINE_BREAK.matcher(subject);
		if (lineBreak.find()) {
			inSubject.add(lineBreak.start(), () -> "A subject is a single line.");
		}
		Template template = new Template(type, pieces(type, subject, LONGEST_SUBJECT, inSubject),
				pieces(type, body, LONGEST_BODY, inBody));
		List<UserError> errors = new ArrayList<>(inSubject.errors());
		errors.addAll(inBody.errors());
		return new Reading(errors.isEmpty() ? template : null, List.copyOf(errors));
	}

	private static List<Piece> pieces(EventType type, String source, int longest, TextFaults faults) {
		TextProblem problem = TextProblem.of(source, longest);
		if (problem != null) {
			faults.addOfAll(problem);
			return List.of();
		}
		return new TemplateReader(type, source, faults).read();
	}

	/**
	 * The words for an event of the template's type.
	 * @param payload as {@link dev.belfry.platform.JsonValues} has it
	 * @throws TemplateFailure if this event makes them too long or too costly
	 */
	public Rendered render(Map<String, @Nullable Object> payload, Formats formats) {
		Renderer renderer = new Renderer(this.currency, payload, formats);
		String written = OneLine.cut(OneLine.of(renderer.write(this.subject)), Rendered.LONGEST_SUBJECT);
		return new Rendered(written.isEmpty() ? this.type.title() : written, renderer.write(this.body));
	}

	/**
	 * What came of reading a template.
	 *
	 * @param template null if there are errors
	 */
	public record Reading(@Nullable Template template, List<UserError> errors) {
	}

}
