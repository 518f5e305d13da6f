package dev.belfry.alerts.rules;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.belfry.alerts.overdue.OverdueWatch;
import dev.belfry.catalog.types.Formats;
import dev.belfry.conditions.tree.Condition;
import dev.belfry.conditions.tree.Explanation;
import dev.belfry.conditions.values.ConditionFailure;
import dev.belfry.conditions.values.Subject;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.templates.Rendered;
import dev.belfry.templates.Template;
import dev.belfry.templates.TemplateFailure;
import dev.belfry.values.Steps;
import dev.belfry.viewer.AccountStyle;

/**
 * A version of an alert, ready to be evaluated.
 *
 * @param condition null for every event of the type
 * @param template null only if there is a fault
 * @param fault why it cannot be, in a sentence for people; null if it can. What was saved
 * was checked, so this takes a version of Belfry that knows the type of events no longer
 * or otherwise
 */
public record AlertRule(AlertVersion version, @Nullable Condition condition, @Nullable Template template,
		@Nullable String fault) {

	private static final Logger log = LoggerFactory.getLogger(AlertRule.class);

	/** What comes of an event of its type, whatever that costs. */
	public RuleResult against(PlatformEvent event, AccountStyle style) {
		return against(event, style, new Steps());
	}

	/**
	 * What comes of an event of its type. Never fails, and always says the same of the
	 * same.
	 * @param steps counts what it takes
	 */
	public RuleResult against(PlatformEvent event, AccountStyle style, Steps steps) {
		try {
			if (this.template == null) {
				return RuleResult.failed(String.valueOf(this.fault));
			}
			if (!isAbout(event) || this.condition != null && !this.condition.matches(subject(event, style), steps)) {
				return RuleResult.NO_MATCH;
			}
			Rendered text = this.template.render(event.payload(), new Formats(style), steps);
			return new RuleResult(MailContent.ofText(text.subject(), text.body()), null);
		}
		catch (ConditionFailure | TemplateFailure failure) {
			return RuleResult.failed(String.valueOf(failure.getMessage()));
		}
		catch (RuntimeException fault) {
			log.error("Alert {} could not be evaluated for {} {}", this.version.alertId(), event.type(),
					event.position(), fault);
			return RuleResult.failed("Internal error. The log of Belfry has the details.");
		}
	}

	/** What says the same, of every event of its type. */
	public AlertRule unconditional() {
		return new AlertRule(this.version, null, this.template, this.fault);
	}

	/**
	 * Of an event that it does not match: the first thing that was not so.
	 * @param steps counts what it takes
	 */
	public String whyNot(PlatformEvent event, AccountStyle style, Steps steps) {
		if (!isAbout(event)) {
			return "It watches another job, or has another limit.";
		}
		if (this.condition == null) {
			return "It has no condition, so it matches every event of its type.";
		}
		Explanation part = this.condition.explain(subject(event, style), steps);
		Explanation within = part;
		while (within != null) {
			part = within;
			within = part.parts()
				.stream()
				.filter((each) -> Boolean.FALSE.equals(each.matched()))
				.findFirst()
				.orElse(null);
		}
		return "Not true: " + part.words() + ((part.seen() != null) ? "; it was " + part.seen() : "") + ".";
	}

	/** Alerts about overdue jobs are about those alone that they watch. */
	private boolean isAbout(PlatformEvent event) {
		OverdueWatch watch = this.version.alert().watch();
		return watch == null || watch.isSubjectOf(event.eventId());
	}

	public static Subject subject(PlatformEvent event, AccountStyle style) {
		return new Subject(event.payload(), event.recordedAt(), style.zone());
	}

}
