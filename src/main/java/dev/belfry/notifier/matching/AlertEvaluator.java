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

	/** What the evaluation of one entry may take, some 0.5 s. */
	public static final long MOST_STEPS = 10_000_000;

	private static final String TOO_MANY = String.format(Locale.ROOT,
			"Together with earlier alerts, this one would notify more than %,d addresses of one event. It notified nobody.",
			MOST);

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
		return Mono.defer(() -> {
			AccountId account = withRules.turn().account();
			AlertMatching matching = new AlertMatching(withRules, entries.iterator());
			return this.work.inParts(account, matching::step)
				.then(Mono.defer(() -> resolved(account, matching.found())));
		});
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
				: directory(account, matches).flatMap((directory) -> {
					Resolving resolving = new Resolving(found.iterator(), directory);
					return this.work.inParts(account, resolving::step).thenReturn(resolving.resolved);
				});
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

	/** Finds whom one entry after the other notifies. */
	private static final class Resolving {

		private final Iterator<EntryMatches> found;

		private final Directory directory;

		private final List<EntryMatches> resolved = new ArrayList<>();

		private int addresses;

		Resolving(Iterator<EntryMatches> found, Directory directory) {
			this.found = found;
			this.directory = directory;
		}

		boolean step() {
			if (this.addresses >= MOST || !this.found.hasNext()) {
				return false;
			}
			EntryMatches next = AlertEvaluator.resolved(this.found.next(), this.directory);
			this.resolved.add(next);
			this.addresses += next.addresses();
			return true;
		}

	}

}
