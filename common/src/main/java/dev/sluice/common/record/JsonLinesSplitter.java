package dev.sluice.common.record;

/**
 * Finds the JSON objects on the lines of a record: one on each, or several back to back. What is
 * broken on a line does not touch the next one, unlike with {@link JsonSplitter} alone; in return
 * no object may go over a line end.
 */
public final class JsonLinesSplitter implements RecordSplitter {
  private static final long serialVersionUID = 1L;

  private final RecordSplitter lines = new DelimiterSplitter(new byte[] {'\n'});
  private final RecordSplitter objects = new JsonSplitter();

  @Override
  public void split(byte[] data, Pieces pieces) throws Exception {
    lines.split(data, new Lines(pieces));
  }

  private final class Lines implements Pieces {
    private final Pieces pieces;

    Lines(Pieces pieces) {
      this.pieces = pieces;
    }

    @Override
    public void piece(byte[] line) throws Exception {
      if (!isBlank(line)) {
        objects.split(line, pieces);
      }
    }

    @Override
    public void broken(byte[] data, String reason) throws Exception {
      pieces.broken(data, reason);
    }
  }

  /** A line that ends with CR LF and has nothing else, for one. */
  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
