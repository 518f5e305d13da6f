package dev.belfry.notifier.matching;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.AccountStyle;
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
	 * as a {@value #MOST}th of it at least.
	 */
	static final int MOST_CHARACTERS = 16_000_000;

	private static final String TOO_MANY = String.format(Locale.ROOT,
			"Together with earlier alerts, this one would notify more than %,d addresses of one event. It notified nobody.",
			MOST);

	private final DirectoryLookup directories;

	AlertEvaluator(DirectoryLookup directories) {
		this.directories = directories;
	}

	/**
	 * Those that matched or failed, in the order of the alerts, for as many of the
	 * entries as one transaction can bear: for one at least.
	 */
	public Mono<List<EntryMatches>> evaluate(LeaseWithRules leased, List<Entry> entries) {
		List<EntryMatches> found = upTo(MOST_CHARACTERS, entries.stream().map((entry) -> evaluate(leased, entry)),
				EntryMatches::characters);
		List<AlertMatch> matches = found.stream().flatMap((each) -> each.matches().stream()).toList();
		return matches.stream().anyMatch(AlertMatch::isMatch)
				? directory(leased.lease().account(), matches).map((directory) -> upTo(MOST,
						found.stream().map((each) -> resolved(each, directory)), EntryMatches::addresses))
				: Mono.just(found);
	}

	/** The first entries, until together they weigh so much. Looks at no others. */
	private static List<EntryMatches> upTo(int most, Stream<EntryMatches> entries, ToIntFunction<EntryMatches> weight) {
		List<EntryMatches> first = new ArrayList<>();
		int sum = 0;
		Iterator<EntryMatches> each = entries.iterator();
		while (sum < most && each.hasNext()) {
			EntryMatches next = each.next();
			first.add(next);
			sum += weight.applyAsInt(next);
		}
		return first;
	}

	private static EntryMatches evaluate(LeaseWithRules leased, Entry entry) {
		return new EntryMatches(entry,
				candidates(leased, entry).stream()
					.map((rule) -> evaluate(rule, entry, leased.lease().style()))
					.filter(Objects::nonNull)
					.toList());
	}

	private static List<AlertRule> candidates(LeaseWithRules leased, Entry entry) {
		AlertsInForce inForce = leased.alerts().at(entry.rulesVersion(), entry.eventType());
		return inForce.all().isEmpty() ? List.of() : inForce.candidates(entry.event(), leased.lease().style());
	}

	/** What comes of an alert and an entry of its type; null if it does not match. */
	public static @Nullable AlertMatch evaluate(AlertRule rule, Entry entry, AccountStyle style) {
		RuleResult result = rule.against(entry.event(), style);
		return (result.mail() != null) ? AlertMatch.matched(entry, rule.version(), result.mail())
				: (result.error() != null) ? AlertMatch.failed(entry, rule.version(), result.error()) : null;
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
