package dev.belfry.web.connections;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.input.Refusal;
import dev.belfry.viewer.Viewer;
import dev.belfry.web.connections.Callers.Tally;

/**
 * The place of a live connection among those of its address, its token and its account.
 * One thread at a time uses it.
 */
public final class Seat implements AutoCloseable {

	private final Seats all;

	private final @Nullable Tally address;

	private final List<Tally> callers = new ArrayList<>(2);

	private int running;

	private boolean left;

	Seat(Seats all, @Nullable Tally address) {
		this.all = all;
		this.address = address;
	}

	/**
	 * Counts it to its token and account, and fails with a {@link Refusal} that names the
	 * limit if one of them has as many as it may.
	 * @param token as it was shown
	 */
	public Seat admit(String token, Viewer viewer) {
		this.callers.add(this.all.join(token));
		if (viewer.account() != null) {
			this.callers.add(this.all.join(viewer.account().accountId()));
		}
		return this;
	}

	/** An operation begins, or fails with a {@link Refusal} that names the limit. */
	public void begin() {
		int counted = 0;
		try {
			for (Tally caller : this.callers) {
				caller.begin();
				counted++;
			}
			this.running++;
		}
		catch (Refusal refusal) {
			this.callers.subList(0, counted).forEach((caller) -> caller.end(1));
			throw refusal;
		}
	}

	/** The answer of an operation has left, or nobody wants it any more. */
	public void end() {
		if (!this.left) {
			this.running--;
			this.callers.forEach((caller) -> caller.end(1));
		}
	}

	/** Gives everything back, once. */
	@Override
	public void close() {
		if (!this.left) {
			this.left = true;
			this.callers.forEach((caller) -> {
				caller.end(this.running);
				caller.leave();
			});
			if (this.address != null) {
				this.address.leave();
			}
		}
	}

}
