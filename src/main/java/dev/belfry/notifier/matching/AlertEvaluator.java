package dev.belfry.notifier.matching;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.alerts.recipients.Directory;
import dev.belfry.alerts.recipients.DirectoryLookup;
import dev.belfry.alerts.recipients.Recipient;
import dev.belfry.alerts.recipients.RecipientResolver;
import dev.belfry.alerts.recipients.RecipientResolver.Addressed;
import dev.belfry.alerts.recipients.RecipientResolver.Resolved;
import dev.belfry.alerts.rules.AlertRule;
import dev.belfry.alerts.rules.AlertsInForce;
import dev.belfry.alerts.rules.RuleResult;
import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.values.Steps;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.AccountStyle;
import dev.belfry.work.TenantWork;
import reactor.core.publisher.Mono;

/**
 * Holds the alerts that were in force against entries. Whether one matches depends on the
 * entry and its version alone; whom it tells, on who is there now. One that fails is
 * noted, and the others go on.
 */
@Component
public class AlertEvaluator {

	/**
	 * Matches, or addresses that are notified of them, in one transaction but for those
	 * of its last entry. No entry notifies more addresses by alerts.
	 */
	public static final int MOST = 10_000;

	/**
	 * How long the e-mails of those matches may be together, in characters; each counts
	 * as a {@value #MOST}th of it at least. Those of one entry may be as long.
	 */
	static final int MOST_CHARACTERS = 16_000_000;

	/** What the evaluation of one entry may take, some 0.5 s. */
	public static final long MOST_STEPS = 10_000_000;

	/** What evaluation may take in one turn of an account, but for its last entry. */
	private static final long STEPS_OF_A_TURN = 4_000_000;

	private static final String TOO_MANY = String.format(Locale.ROOT,
			"Together with earlier alerts, this one would notify more than %,d addresses of one event. It notified nobody.",
			MOST);

	private static final String TOO_COSTLY = "The earlier alerts take all the work that one event may cost. "
			+ "This one was not evaluated, and notified nobody.";

	private static final String TOO_LONG = String.format(Locale.ROOT,
			"Together with those of earlier alerts, its e-mails about one event have more than %,d characters. "
					+ "It notified nobody.",
			MOST_CHARACTERS);

	private final DirectoryLookup directories;

	private final TenantWork work;

	AlertEvaluator(DirectoryLookup directories, TenantWork work) {
		this.directories = directories;
		this.work = work;
	}

	/**
	 * Those that matched or failed, in the order of the alerts, for as many of the
	 * entries as one turn can bear: for one at least.
	 */
	public Mono<List<EntryMatches>> evaluate(TurnWithRules withRules, List<Entry> entries) {
		AccountId account = withRules.turn().account();
		return Mono.fromCallable(() -> matches(withRules, entries))
			.subscribeOn(this.work.of(account))
			.flatMap((found) -> resolved(account, found));
	}

	private static List<EntryMatches> matches(TurnWithRules withRules, List<Entry> entries) {
		List<EntryMatches> found = new ArrayList<>();
		Steps steps = new Steps();
		int characters = 0;
		Iterator<Entry> each = entries.iterator();
		while (characters < MOST_CHARACTERS && steps.used() < STEPS_OF_A_TURN && each.hasNext()) {
			EntryMatches next = matches(withRules, each.next(), steps);
			found.add(next);
			characters += next.characters();
		}
		return found;
	}

	/** The same rules fail of the same entry wherever, since steps are no time. */
	private static EntryMatches matches(TurnWithRules withRules, Entry entry, Steps all) {
		List<AlertMatch> matches = new ArrayList<>();
		Steps steps = new Steps();
		int characters = 0;
		for (AlertRule rule : candidates(withRules, entry)) {
			AlertMatch match = (steps.used() < MOST_STEPS) ? evaluate(rule, entry, withRules.turn().style(), steps)
					: AlertMatch.failed(entry, rule.version(), TOO_COSTLY);
			if (match != null) {
				characters += match.characters();
				matches
					.add((characters <= MOST_CHARACTERS) ? match : AlertMatch.failed(entry, rule.version(), TOO_LONG));
			}
		}
		all.add(steps.used());
		return new EntryMatches(entry, matches);
	}

	private static List<AlertRule> candidates(TurnWithRules withRules, Entry entry) {
		AlertsInForce inForce = withRules.alerts().at(entry.rulesVersion(), entry.eventType());
		return inForce.all().isEmpty() ? List.of() : inForce.candidates(entry.event(), withRules.turn().style());
	}

	/**
	 * What comes of an alert and an entry of its type; null if it does not match.
	 * @param steps counts what it takes
	 */
	public static @Nullable AlertMatch evaluate(AlertRule rule, Entry entry, AccountStyle style, Steps steps) {
		RuleResult result = rule.against(entry.event(), style, steps);
		return (result.mail() != null) ? AlertMatch.matched(entry, rule.version(), result.mail())
				: (result.error() != null) ? AlertMatch.failed(entry, rule.version(), result.error()) : null;
	}

	/** Whom they notify, of as many entries as one transaction can bear. */
	private Mono<List<EntryMatches>> resolved(AccountId account, List<EntryMatches> found) {
		List<AlertMatch> matches = found.stream().flatMap((each) -> each.matches().stream()).toList();
		return matches.stream().noneMatch(AlertMatch::isMatch) ? Mono.just(found)
				: directory(account, matches).publishOn(this.work.of(account))
					.map((directory) -> upToMost(found, directory));
	}

	private static List<EntryMatches> upToMost(List<EntryMatches> found, Directory directory) {
		List<EntryMatches> first = new ArrayList<>();
		int addresses = 0;
		Iterator<EntryMatches> each = found.iterator();
		while (addresses < MOST && each.hasNext()) {
			EntryMatches next = resolved(each.next(), directory);
			first.add(next);
			addresses += next.addresses();
		}
		return first;
	}

	/** What is to be known of the recipients of those that matched. */
	private Mono<Directory> directory(AccountId account, List<AlertMatch> matches) {
		Set<Recipient> recipients = matches.stream()
			.filter(AlertMatch::isMatch)
			.flatMap((each) -> each.alert().alert().recipients().stream())
			.collect(Collectors.toSet());
		return this.directories.of(account, recipients);
	}

	/**
	 * An alert for which the addresses that the entry has left are too few fails: nobody
	 * could say whom it left out.
	 */
	private static EntryMatches resolved(EntryMatches entry, Directory directory) {
		List<AlertMatch> resolved = new ArrayList<>();
		int left = MOST;
		for (AlertMatch each : entry.matches()) {
			AlertMatch match = each.isMatch() ? resolved(each, directory) : each;
			boolean fits = match.addresses().size() <= left;
			left -= fits ? match.addresses().size() : 0;
			resolved.add(fits ? match : AlertMatch.failed(entry.entry(), each.alert(), TOO_MANY));
		}
		return new EntryMatches(entry.entry(), resolved);
	}

	/** Whom one that matched tells. */
	public static AlertMatch resolved(AlertMatch match, Directory directory) {
		Entry entry = match.entry();
		Resolved resolved = RecipientResolver.resolve(match.alert().alert().recipients(),
				EventTypes.named(entry.eventType()), entry.event().payload(), directory);
		return match.notifying(resolved.addressed().stream().map(Addressed::address).toList(), resolved.unresolved());
	}

}
