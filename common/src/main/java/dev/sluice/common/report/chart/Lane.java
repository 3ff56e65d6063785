package dev.sluice.common.report.chart;

import java.util.ArrayList;
import java.util.List;

/** One of several that a {@link Timeline} tells of: its states and its amounts. Not thread-safe. */
public final class Lane {
  final String name;
  final String note;
  final List<State> states = new ArrayList<>();
  final List<Track> tracks = new ArrayList<>();

  /**
   * A lane.
   *
   * @param note a few words behind the name
   */
  public Lane(String name, String note) {
    this.name = name;
    this.note = note;
  }

  /**
   * A state that it was in, in the band below the name; a wrong one shades the tracks too.
   *
   * @param words shown as far as they have room
   */
  public Lane state(long from, long to, Tone tone, String words) {
    states.add(new State(from, to, tone, words));
    return this;
  }

  /** The next track; those of the same number in each lane have one axis. */
  public Lane track(Track track) {
    tracks.add(track);
    return this;
  }

  static final class State {
    final long from;
    final long to;
    final Tone tone;
    final String words;

    private State(long from, long to, Tone tone, String words) {
      this.from = from;
      this.to = to;
      this.tone = tone;
      this.words = words;
    }
  }
}
