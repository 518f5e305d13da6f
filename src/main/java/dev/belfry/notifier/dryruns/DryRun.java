package dev.belfry.notifier.dryruns;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.belfry.notifier.emails.DueEmail;
import dev.belfry.notifier.emails.NoiseFilter;
import dev.belfry.notifier.emails.NoiseFilter.Verdict;
import dev.belfry.notifier.emails.NoiseWindow;
import dev.belfry.notifier.emails.NotifiedAddress;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.notifier.matching.AlertEvaluator;
import dev.belfry.notifier.matching.AlertMatch;
import dev.belfry.values.Steps;

/**
 * Counts what an alert would have come to, entry by entry, by what the notifier decides
 * with. Not safe for use by several threads at once.
 */
final class DryRun {

	private final DryRunPlan plan;

	private final Duration window;

	private final Function<AlertMatch, DryRunMatch> shown;

	private final Map<NotifiedAddress, NoiseWindow> windows = new HashMap<>();

	private final NavigableMap<LocalDate, Day> days = new TreeMap<>();

	private final List<DryRunMatch> firstMatches = new ArrayList<>();

	private Instant reached;

	private long considered;

	private long matched;

	private long failed;

	private @Nullable String failure;

	private long mails;

	private long suppressed;

	private long unresolved;

	/**
	 * A run that has looked at nothing yet.
	 * @param window how long an address that was told hears no more
	 * @param shown how a match is shown
	 */
	DryRun(DryRunPlan plan, Duration window, Function<AlertMatch, DryRunMatch> shown) {
		this.plan = plan;
		this.window = window;
		this.shown = shown;
		this.reached = plan.from();
	}

	/** Looks at the next entries of the log, for as long as it may go on. */
	void consider(Iterator<Entry> entries, BooleanSupplier mayGoOn) {
		NoiseFilter noise = new NoiseFilter(this.window, this.windows);
		while (entries.hasNext() && mayGoOn.getAsBoolean()) {
			consider(entries.next(), noise);
		}
		noise.sweep(this.reached);
		keep(noise.verdict());
	}

	private void consider(Entry entry, NoiseFilter noise) {
		this.reached = entry.recordedAt();
		this.considered++;
		Day day = day(this.reached);
		day.considered++;
		AlertMatch match = AlertEvaluator.evaluate(this.plan.rule(), entry, this.plan.style(), new Steps());
		if (match == null) {
			return;
		}
		if (match.isMatch()) {
			day.matched++;
			match(AlertEvaluator.resolved(match, this.plan.directory()), noise);
			return;
		}
		this.failed++;
		this.failure = (this.failure != null) ? this.failure : match.error();
	}

	private void match(AlertMatch match, NoiseFilter noise) {
		this.matched++;
		this.unresolved += match.unresolved().size();
		noise.add(match.entry(), match.alert().topic(), match.addresses());
		if (this.firstMatches.size() < this.plan.firstMatches()) {
			this.firstMatches.add(this.shown.apply(match));
		}
	}

	private void keep(Verdict verdict) {
		for (DueEmail email : verdict.due()) {
			this.mails++;
			this.suppressed += this.plan.suppressed().test(email.recipient().address()) ? 1 : 0;
			day(email.at()).mails++;
		}
		verdict.over().forEach(this.windows::remove);
		this.windows.putAll(verdict.windows());
	}

	private Day day(Instant instant) {
		return this.days.computeIfAbsent(LocalDate.ofInstant(instant, this.plan.style().zone()), (day) -> new Day());
	}

	long considered() {
		return this.considered;
	}

	AlertDryRun soFar() {
		return result(progress(), false, null);
	}

	/**
	 * The result. What was folded is sent at the end of its window, whatever comes later.
	 * @param stoppedBecause why it has not looked at everything; null if it has
	 */
	AlertDryRun end(@Nullable String stoppedBecause) {
		NoiseFilter noise = new NoiseFilter(this.window, this.windows);
		noise.sweep(Instant.MAX);
		keep(noise.verdict());
		return (stoppedBecause == null) ? result(1, true, null) : result(progress(), false, stoppedBecause);
	}

	private AlertDryRun result(double progress, boolean complete, @Nullable String stoppedBecause) {
		List<DryRunDay> days = new ArrayList<>();
		this.days
			.forEach((date, day) -> days.add(new DryRunDay(date.toString(), day.considered, day.matched, day.mails)));
		return new AlertDryRun(progress, complete, stoppedBecause, this.considered, this.matched, this.failed,
				this.failure, this.mails, this.suppressed, this.unresolved, days, List.copyOf(this.firstMatches),
				List.of());
	}

	private double progress() {
		double all = Duration.between(this.plan.from(), this.plan.to()).toMillis();
		double done = Duration.between(this.plan.from(), this.reached).toMillis();
		return (all > 0) ? Math.min(done / all, 1) : 0;
	}

	/** What is counted for a day. */
	private static final class Day {

		private long considered;

		private long matched;

		private long mails;

	}

}
