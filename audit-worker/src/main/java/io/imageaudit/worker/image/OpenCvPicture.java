package io.imageaudit.worker.image;

import io.imageaudit.model.Coverage;
import io.imageaudit.model.Tiling;
import io.imageaudit.model.Tiling.Tile;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/** Frames in OpenCV's memory, all of the same size, cut into tiles where they are long. */
final class OpenCvPicture implements Picture {

  private final List<Mat> frames;
  private final Coverage coverage;
  private final List<View> views;
  private final Runnable release;

  /**
   * Takes the frames over.
   *
   * @param frames at least one
   * @param allFrames of the file
   * @param viewing how many views there may be
   * @param release called when the frames are closed
   */
  OpenCvPicture(List<Mat> frames, int allFrames, Viewing viewing, Runnable release) {
    this.frames = List.copyOf(frames);
    this.release = release;
    List<Tile> tiles = Tiling.of(width(), height());
    List<Tile> seen = viewing.tiles(tiles, frames.size());
    this.coverage =
        new Coverage(Math.max(allFrames, frames.size()), frames.size(), tiles.size(), seen.size());
    List<View> all = new ArrayList<>();
    for (Mat frame : frames) {
      seen.forEach(tile -> all.add(new OpenCvView(frame, tile)));
    }
    this.views = List.copyOf(all);
  }

  @Override
  public int width() {
    return frames.getFirst().cols();
  }

  @Override
  public int height() {
    return frames.getFirst().rows();
  }

  @Override
  public Coverage coverage() {
    return coverage;
  }

  @Override
  public List<View> views() {
    return views;
  }

  @Override
  public void close() {
    frames.forEach(Mat::close);
    release.run();
  }
}
